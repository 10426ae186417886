// A backup goes from one engine to the other; killed while it is made, nothing is gone.
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import type { Browser } from "./support/browser.ts";
import { type Engine, needs, test } from "./support/fixtures.ts";
import type { Hand } from "./support/hand.ts";
import { begin, drawPhoto, expectOnce, seePhotoOf, tell } from "./support/steps.ts";

const WORDS = "We fed the ducks.";
const PASSPHRASE = "the heron waits by the bridge";
const PAIRS: [Engine, Engine][] = [["WebKitGTK", "Firefox"], ["Firefox", "WebKitGTK"]];

for (const [from, to] of PAIRS) {
  test(`a backup made in ${from}, which was killed while it made one before, opens in ${to}`, async ({ folder, startPhone }) => {
    needs(from, to);
    const phone = await startPhone(from);
    await begin(phone);
    await tell(phone, WORDS, await drawPhoto(phone, path.join(folder, "drawn.jpg")));
    await beginBackup(phone);
    const [making = ""] = phone.word("backup.making").split("{");
    await phone.sees({ css: "#app", text: making });
    await phone.browser.kill();
    expect(files(phone.browser), "no file yet").toEqual([]);

    await phone.browser.start();
    await phone.open("/people");
    await phone.sees({ css: "#app", text: phone.word("sync.no_backup") });
    await beginBackup(phone);
    await phone.sees({ css: "#app h1", name: phone.word("backup.done") });
    await expect.poll(() => files(phone.browser).length).toBe(1);
    await phone.browser.stop();

    const found = await startPhone(to);
    await found.open("/restore");
    await found.choose("input[type=file]", files(phone.browser));
    await found.write("#app input[type=password]", PASSPHRASE);
    await found.pressButton("restore.open");
    await found.sees({ css: "#app h1", name: found.word("restore.done") });
    await expectOnce(found, [WORDS]);
    await seePhotoOf(found, WORDS);
  });
}

async function beginBackup(phone: Hand): Promise<void> {
  await phone.open("/backup");
  await phone.write("#passphrase", PASSPHRASE);
  await phone.write("#passphrase-again", PASSPHRASE);
  await phone.pressButton("backup.make");
}

/** Those that are whole: both engines give a file its name at its end, and Firefox an empty one before. */
function files({ downloads }: Browser): string[] {
  const names = readdirSync(downloads);
  if (names.some((name) => !name.endsWith(".hearth"))) return [];
  return names.map((name) => path.join(downloads, name)).filter((file) => statSync(file).size > 0);
}
