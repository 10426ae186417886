// A family leaves with everything: one zip, read without Hearth, without a network, by tools that are not ours.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Download } from "@playwright/test";
import { openZip } from "../../reader/zip.mjs";
import { waitUntilFramed } from "../support/at-rest.ts";
import { expect, test } from "../support/fixtures.ts";

const [POND, FERRY, SHOES] = ["The heron stood still.", "The first time on the ferry.", "Both shoes <b>alone</b> & fast."];

interface Vault {
  records: { kind: string; fields: { name: string; versions: { value: unknown }[] }[]; photos: { file: string }[] }[];
  media: { file: string; bytes: number; sha256: string }[];
  unread: unknown[];
}

test("what was told is in one zip, from the app and from the rescue screen, and its page opens from a folder without a network", async ({ phone, server, app, folder }) => {
  test.slow();
  await app.tell("story", { words: POND, newChild: "Sam", photo: true });
  await app.ours.open();
  await app.ours.openCard(POND);
  await app.item.waitForPhoto(0);
  const photo = await app.item.photoBytes(0);
  await app.item.edit();
  await app.make.write(FERRY);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.tell("achievement", { words: SHOES, child: "Sam" });
  await phone.open("/hand-over");
  await app.handOver.putOn(SHOES);
  await app.handOver.isFor("Mrs Patel");
  await app.handOver.save();
  await app.handOver.waitUntilSaved();
  await waitUntilFramed(phone.page);
  await app.waitUntilOffline();
  await server.kill();

  await phone.open("/backup");
  const fromApp = await open(await app.backup.copyForAnyone());
  await phone.open("/rescue");
  await app.rescue.copyEverything();
  const fromRescue = openZip(await readFile(await app.rescue.saveZip()));
  expect([...fromApp.keys()].sort()).toEqual([...fromRescue.keys()].sort());

  const { vaults: [vault] } = JSON.parse(String(fromApp.get("hearth.json"))) as { vaults: [Vault] };
  const later = JSON.parse(String(fromRescue.get("hearth.json"))) as { vaults: [Vault] };
  expect(later.vaults[0], "the same, whoever makes it").toEqual(vault);
  expect(vault.unread).toEqual([]);
  expect(vault.records.map(({ kind }) => kind).sort()).toEqual(["achievement", "handout", "story"]);
  const story = vault.records.find(({ kind }) => kind === "story");
  expect(story?.fields.find(({ name }) => name === "words")?.versions.map(({ value }) => value)).toEqual([FERRY, POND]);
  expect(vault.media.map(({ bytes, sha256 }) => [bytes, sha256]), "the photo that the app shows").toEqual([[photo.length, sumOf(photo)]]);

  const unpacked = path.join(folder, "unpacked");
  await mkdir(path.join(unpacked, "media"), { recursive: true });
  for (const [name, content] of fromApp) await writeFile(path.join(unpacked, name), content);
  await phone.context.setOffline(true);
  await phone.page.goto(pathToFileURL(path.join(unpacked, "index.html")).href);
  const page = phone.page.locator("body");
  for (const text of [FERRY, POND, SHOES, "Sam", "Mrs Patel", app.word("kind.handout")]) await expect(page).toContainText(text);
  const image = phone.page.locator("article img");
  await expect(image).toHaveCount(1);
  expect(await image.evaluate(async (shown: HTMLImageElement) => (await shown.decode(), shown.naturalWidth))).toBeGreaterThan(0);
  await expect(phone.page.locator("b"), "words are words").toHaveCount(0);
});

test("where there is nothing to copy a sentence says so, and nothing is saved", async ({ phone, app }) => {
  await phone.open("/backup");
  await app.backup.askForCopy();
  await expect(app.backup.trouble).toContainText(app.word("backup.nothing"));
  await expect(app.backup.copyButton).toBeVisible();
});

async function open(saved: Download): Promise<Map<string, Buffer>> {
  return openZip(await readFile(await saved.path()));
}

function sumOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
