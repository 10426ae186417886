// A phrase typed on one phone is read on the other and lies nowhere in between.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { inflateRawSync } from "node:zlib";
import { type Stored, findPhrase, readEverything } from "../support/at-rest.ts";
import { startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const CANARIES = {
  words: "quietly the heron waits",
  child: "Philippa-Wren",
  note: "beneath the willow bridge",
  name: "Grandmother-Odile",
};

test("nothing that was typed lies readable on the server, in its logs or in any address", async ({ phone, app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: CANARIES.words, newChild: CANARIES.child, photo: true });
  const guest = await startGuest(app, folder);
  await phone.open("/invite");
  const link = await app.invite.inviteSomebody(CANARIES.name);
  const secret = link.split(".").at(-1) ?? "";
  await guest.join.followLink(link);
  await guest.join.accept("Nana");
  await expect(app.invite.pictures).toHaveCount(4);
  await guest.join.sayTheyAreTheSame();
  await app.invite.sayTheyAreTheSame();
  await waitForArrival(guest, CANARIES.words);
  await guest.ours.openCard(CANARIES.words);
  await guest.item.addNote(CANARIES.note);
  await app.ours.open();
  await app.ours.openCard(CANARIES.words);
  await expect(app.item.notes.filter({ hasText: CANARIES.note })).toBeVisible({ timeout: 30_000 });

  const stored = [...(await readServer(folder)), ...linesOf(server.lines), ...linesOf([...phone.requested, ...guest.phone.requested])];
  expect(stored.length, "there is something to look at").toBeGreaterThan(3);
  const onPhones = [...(await readEverything(phone.page)), ...(await readEverything(guest.page))];
  for (const [what, phrase] of Object.entries({ ...CANARIES, secret })) {
    expect(findPhrase(stored, phrase), `${what} on the server`).toEqual([]);
    expect(findPhrase(onPhones, phrase), `${what} on a phone`).toEqual([]);
  }
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("the search finds a pack that reached a server unsealed, also deflated", async ({ app, folder }) => {
  await app.tell("story", { words: "Anything." });
  const { deflateRawSync } = await import("node:zlib");
  const { writeFile } = await import("node:fs/promises");
  const pack = Buffer.concat([Buffer.alloc(40, 7), Buffer.from(CANARIES.words)]);
  await writeFile(path.join(folder, "hearth.sqlite-planted"), Buffer.concat([Buffer.from("head"), deflateRawSync(pack), Buffer.alloc(64)]));
  const found = findPhrase(await readServer(folder), CANARIES.words);
  expect(found.join("\n")).toContain("inflated");
});

/** Every file of the server, and what inflates anywhere in it. */
async function readServer(folder: string): Promise<Stored[]> {
  const files = (await readdir(folder)).filter((name) => name.startsWith("hearth.sqlite"));
  const stored: Stored[] = [];
  for (const name of files) {
    const bytes = await readFile(path.join(folder, name));
    stored.push({ where: name, bytes });
    stored.push({ where: `${name} inflated`, bytes: Buffer.concat(inflateEverywhere(bytes)) });
  }
  return stored;
}

/** Deflate has no mark of its own, so every place is tried. Noise ends after a few bytes. */
function inflateEverywhere(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at++) {
    // Only dynamic and fixed blocks compress; the three lowest bits say which.
    const kind = (bytes[at] ?? 0) & 7;
    if (kind !== 3 && kind !== 5 && kind !== 2 && kind !== 4) continue;
    try {
      const plain = inflateRawSync(bytes.subarray(at, at + 4096), { finishFlush: 2, maxOutputLength: 65_536 });
      if (plain.length > 24) found.push(plain);
    } catch {
      // Not deflated here.
    }
  }
  return found;
}

function linesOf(lines: string[]): Stored[] {
  return [{ where: "lines", bytes: Buffer.from(lines.join("\n")) }];
}
