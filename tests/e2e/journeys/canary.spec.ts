// A phrase typed on one phone is read on the other and lies nowhere in between.
import { randomBytes } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Stored, findPhrase, readEverything } from "../support/at-rest.ts";
import { startGuest, waitForArrival } from "../support/circle.ts";
import { changeDatabase, readDatabase } from "../support/database.ts";
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

  // What still lies in the write-ahead log, and then every value whole.
  const files = await Promise.all(["hearth.sqlite", "hearth.sqlite-wal"].map(async (name) => ({ where: name, bytes: await readFile(path.join(folder, name)) })));
  await server.stop();
  const stored = [...files, ...(await readServer(folder)), ...linesOf(server.lines), ...linesOf([...phone.requested, ...guest.phone.requested])];
  expect(stored.length, "there is something to look at").toBeGreaterThan(3);
  const onPhones = [...(await readEverything(phone.page)), ...(await readEverything(guest.page))];
  for (const [what, phrase] of Object.entries({ ...CANARIES, secret })) {
    expect(findPhrase(stored, phrase), `${what} on the server`).toEqual([]);
    expect(findPhrase(onPhones, phrase), `${what} on a phone`).toEqual([]);
  }
  await server.startAgain();
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("the search finds a pack that reached the server unsealed, deflated and spread over pages", async ({ app, server, folder }) => {
  await app.tell("story", { words: "Anything." });
  await app.ours.open();
  await app.ours.openCard("Anything.");
  await expect(app.item.place).toContainText(app.word("where.sealed"));
  await server.stop();
  expect(findPhrase(await readServer(folder), CANARIES.words)).toEqual([]);
  // As it would lie there had a phone forgotten to seal.
  const around = () => randomBytes(6000).toString("base64");
  const pack = deflateRawSync(Buffer.from([around(), CANARIES.words, around()].join(" ")));
  await changeDatabase(folder, (database) => database.run("UPDATE log_row SET frame = ?", [pack]));
  const found = findPhrase(await readServer(folder), CANARIES.words);
  expect(found.join("\n")).toContain("log_row.frame inflated");
  await server.startAgain();
});

/** Every file of the server as it lies there, every value of its database, and what inflates anywhere in one. */
async function readServer(folder: string): Promise<Stored[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("hearth.sqlite"));
  const files = await Promise.all(names.map(async (name) => ({ where: name, bytes: await readFile(path.join(folder, name)) })));
  const values = await readDatabase(folder);
  const inflated = values.map(({ where, bytes }) => ({ where: `${where} inflated`, bytes: Buffer.concat(inflateEverywhere(bytes)) }));
  return [...files, ...values, ...inflated];
}

/** Deflate has no mark of its own, so every place is tried. Noise ends after a few bytes. */
function inflateEverywhere(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at++) {
    // Only dynamic and fixed blocks compress; the three lowest bits say which.
    const kind = (bytes[at] ?? 0) & 7;
    if (kind !== 3 && kind !== 5 && kind !== 2 && kind !== 4) continue;
    try {
      const options = { finishFlush: 2, maxOutputLength: 65_536 };
      if (inflateRawSync(bytes.subarray(at, at + 512), options).length < 24) continue;
      found.push(inflateRawSync(bytes.subarray(at, at + 65_536), { ...options, maxOutputLength: 8 << 20 }));
    } catch {
      // Not deflated here.
    }
  }
  return found;
}

function linesOf(lines: string[]): Stored[] {
  return [{ where: "lines", bytes: Buffer.from(lines.join("\n")) }];
}
