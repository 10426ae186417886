import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { findPhrase, readEverything, readFiles } from "../support/at-rest.ts";

const CANARIES = {
  words: "quietly the heron waits",
  caption: "beneath the willow bridge",
  child: "Philippa-Wren",
  draft: "tomorrow we count the geese",
};

test("nothing that was typed lies readable on the phone, nor in the browser's own files", async ({ phone, app, folder }) => {
  await phone.open("/make/story");
  await app.make.write(CANARIES.words);
  await app.make.nameChild(CANARIES.child);
  await app.make.addMadePhoto();
  await app.make.pictures.caption(0, CANARIES.caption);
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.open("/make/feedback");
  await app.make.write(CANARIES.draft);
  await app.make.waitUntilKept();

  // The words are searched for where they stay: in frames, under the keys of their circle.
  await expect.poll(() => listStores(phone.page)).toEqual(expect.arrayContaining(["blobs", "circles", "drafts", "frames"]));
  const stored = await readEverything(phone.page);
  // A browser keeps what stands in the fields of a page that was left, to fill them again.
  await phone.openTab("/settings");
  await app.settings.waitUntilShown();
  await phone.stop();
  stored.push(...(await readFiles(path.join(folder, "profile"))));
  for (const [what, phrase] of Object.entries(CANARIES)) {
    expect(findPhrase(stored, phrase), what).toEqual([]);
  }
});

test("a kept photo does not lie readable on the phone", async ({ phone, app }) => {
  await app.tell("story", { words: "With a photo.", photo: true });
  const stored = await readEverything(phone.page);
  const jpegs = stored.filter(({ where, bytes }) => where.includes("hearth-vault-") && bytes.includes(Buffer.from([0xff, 0xd8, 0xff])));
  expect(jpegs.map(({ where }) => where)).toEqual([]);
});

test("no key of the circle lies readable on the phone", async ({ phone, app }) => {
  await app.tell("story", { words: "Anything." });
  await expect.poll(() => listStores(phone.page)).toContain("circles");
  const stored = await readEverything(phone.page);
  const rows = stored.filter(({ where }) => /hearth-vault-\w+\/circles value/.test(where));
  for (const { where, bytes } of rows) {
    // Version, nonce and tag around the 32 bytes of a key or the CBOR of an entry.
    expect(bytes[0], where).toBe(1);
    expect(bytes.length, where).toBeGreaterThanOrEqual(1 + 24 + 16);
  }
});

test("the search finds a phrase that lies there in any plain form", async ({ phone, app }) => {
  await app.tell("story", { words: "Anything." });
  const phrase = CANARIES.words;
  await phone.page.evaluate(async (phrase) => {
    const utf8 = new TextEncoder().encode(phrase);
    const utf16 = new Uint8Array(Uint16Array.from(phrase, (letter) => letter.charCodeAt(0)).buffer);
    const forms: Record<string, unknown> = {
      text: phrase,
      bytes: utf8,
      "UTF-16": utf16,
      hex: Array.from(utf8, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      base64: btoa(`ab${phrase}cd`),
      inside: { deep: [new Map([["key", utf8.buffer]])] },
      blob: new Blob([phrase]),
    };
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open("plant");
      open.onupgradeneeded = () => open.result.createObjectStore("plain");
      open.onsuccess = () => resolve(open.result);
    });
    const transaction = database.transaction("plain", "readwrite");
    for (const [name, value] of Object.entries(forms)) transaction.objectStore("plain").put(value, name);
    transaction.objectStore("plain").put(1, phrase);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    database.close();
    localStorage.setItem("plant", phrase);
  }, phrase);
  const found = findPhrase(await readEverything(phone.page), phrase);
  // Rows lie in the order of their names.
  for (const where of ["value 0 as UTF-16", "value 1 as base64", "value 2 as UTF-8", "value 3 as UTF-8", "value 4 as hex", "value 5.deep[0] value as UTF-8", "key 6 as UTF-8", "value 7 as UTF-8"]) {
    expect(found.join("\n")).toContain(`plant/plain ${where}`);
  }
  expect(found.join("\n")).toContain("localStorage plant");
});

/** Which stores of the vault hold something. */
async function listStores(page: Page): Promise<string[]> {
  const places = (await readEverything(page)).map(({ where }) => /hearth-vault-\w+\/(\w+) value/.exec(where)?.[1]);
  return [...new Set(places.filter((store) => store !== undefined))].sort();
}
