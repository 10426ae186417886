// Everything goes from one phone: what only it has is named first, nothing readable stays, and what is elsewhere comes back.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { type Stored, findPhrase, readEverything } from "../support/at-rest.ts";
import { waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const CANARIES = {
  words: "quietly the heron waits",
  child: "Philippa-Wren",
  draft: "tomorrow we count the geese",
};

test("what only this phone has is named, then nothing of it stays, in no tab; the words bring back the rest", async ({ app, phone, folder }) => {
  test.slow();
  await app.tell("story", { words: CANARIES.words, newChild: CANARIES.child, photo: true });
  await phone.open("/leave");
  await expect(app.leave.onlyHere.filter({ hasText: CANARIES.words }), "not safe yet").toBeVisible();
  await phone.open("/words");
  const words = await app.words.make();
  await app.words.waitUntilTheyWork();
  await phone.open("/settings");
  await app.settings.chooseTheme("dark");
  await phone.open("/make/feedback");
  await app.make.write(CANARIES.draft);
  await app.make.waitUntilKept();
  const other = phone.page;
  await phone.openTab("/leave");
  await expect(app.leave.onlyHere, "the rest is safe").toHaveText([`${app.word("kind.feedback")}: ${CANARIES.draft}`]);
  const before = await databases(phone.page);
  await app.leave.remove("leave.too");

  await app.home.waitUntilShown();
  await expect(phone.page, "the start").toHaveURL(/\/$/);
  await expect(app.home.drafts).toHaveCount(0);
  await expect(other.getByText(app.word("leave.nothing")), "the other tab says so").toBeVisible();
  await expect(phone.page.locator("html")).not.toHaveAttribute("data-theme");
  expect((await databases(phone.page)).filter((name) => before.includes(name)), "of the vault").toEqual([]);
  const settings = await phone.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("hearth.settings")));
  expect(settings).toEqual([]);
  const stored = await readEverything(phone.page);
  await phone.stop();
  const files = [...stored, ...(await readFiles(path.join(folder, "profile")))];
  expect(files.length, "there is something to look at").toBeGreaterThan(20);
  for (const [what, phrase] of Object.entries(CANARIES)) expect(findPhrase(files, phrase), what).toEqual([]);

  await phone.startAgain();
  await phone.open("/restore/words");
  await app.restoreWords.bringBack(words);
  await app.restoreWords.waitUntilBack();
  await waitForArrival(app, CANARIES.words);
});

function databases(page: { evaluate: <T>(run: () => Promise<T>) => Promise<T> }): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name = "" }) => name));
}

/** Every file of the browser's profile as it lies there. */
async function readFiles(folder: string): Promise<Stored[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return Promise.all(files.map(async (where) => ({ where: path.relative(folder, where), bytes: await readFile(where) })));
}
