// Twelve words on paper: asked for, checked, and all that is left when the phone is gone.
import path from "node:path";
import { App } from "../pages/app.ts";
import type { RestoreWordsScreen } from "../pages/restore-words.ts";
import type { WordsScreen } from "../pages/words.ts";
import { bringIn, startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";

const FIRST = "The heron came back to the pond.";
const SECOND = "He asked for the red cup by himself.";
const THIRD = "We counted eleven snails on the wall.";

test("the third record asks for words, a no is a choice, and three right ones make them count", async ({ app }) => {
  test.slow();
  await app.tell("story", { words: FIRST });
  await app.tell("achievement", { words: SECOND });
  await app.phone.open();
  await expect(app.page.locator("#app").getByText(app.word("home.alone"))).toBeVisible();
  await expect(app.home.asksForWords, "not before the third").toHaveCount(0);
  await app.tell("story", { words: THIRD });
  await app.phone.open();
  await expect(app.home.asksForWords).toBeVisible();

  await app.home.declineWords();
  await expect(app.home.asksForWords).toHaveCount(0);
  await app.phone.open();
  await expect(app.page.locator("#app").getByText(app.word("home.alone"))).toBeVisible();
  await expect(app.home.asksForWords, "whoever said no is not asked again").toHaveCount(0);
  await app.people.goThere();
  await expect(app.people.words("words.declined")).toBeVisible();

  // And may take it back.
  await app.page.locator("#app").getByRole("link", { name: app.word("home.words_write"), exact: true }).tap();
  const words = await app.words.show();
  await app.words.goOn();
  const [, wrong = 0] = await app.words.asked();
  await app.words.answer(words.with(wrong - 1, words[wrong - 1] === "zoo" ? "zebra" : "zoo"));
  await expectWrong(app.words, wrong, app.word("words.wrong", { number: String(wrong) }));
  await app.words.showAgain();
  expect(await app.words.list.locator("li").allInnerTexts(), "the same twelve").toEqual(words);
  await app.words.goOn();
  await app.words.answer(words);
  await expect(app.words.heading).toHaveText(app.word("words.done"));
  await app.words.waitUntilTheyWork();
  await app.ours.open();
  await app.ours.openCard(FIRST);
  await expect(app.item.place).toContainText(app.word("where.safe_line"), { timeout: 30_000 });
});

test("the phone is gone: a new one types the words, has everything back with its photo, and People names it", async ({ app, phone, folder }) => {
  test.slow();
  await app.tell("story", { words: FIRST });
  await app.tell("story", { words: SECOND, newChild: "Noor", photo: true });
  await app.ours.open();
  await app.ours.openCard(SECOND);
  await app.item.waitForPhoto(0);
  const photo = await app.item.photoBytes(0);
  await phone.open("/words");
  const words = await app.words.make();
  await app.words.waitUntilTheyWork();
  await app.ours.open();
  await app.ours.openCard(SECOND);
  await expect(app.item.place).toContainText(app.word("where.safe_line"), { timeout: 30_000 });
  await phone.kill();

  const found = await startEmpty(app, folder);
  await found.phone.open();
  await found.home.useWords();
  await found.restoreWords.type(words.with(4, "porridge"));
  await found.restoreWords.mainAction.tap();
  await expectWrong(found.restoreWords, 5, found.word("return.not_in_list", { number: "5", word: "porridge" }));
  await found.restoreWords.field(9).fill("");
  await found.restoreWords.mainAction.tap();
  await expectWrong(found.restoreWords, 9, found.word("return.missing", { number: "9" }));
  expect(found.phone.page.url(), "no word is in the address").toMatch(/\/restore\/words$/);
  // Twelve times the last word of the list: its checksum is another.
  await found.restoreWords.bringBack(Array<string>(12).fill("zoo"));
  await expect(found.restoreWords.trouble).toContainText(found.word("return.not_fit"));
  await found.restoreWords.bringBack(words);
  await found.restoreWords.waitUntilBack();

  await waitForArrival(found, SECOND);
  await expect(found.ours.card(FIRST)).toBeVisible();
  await found.ours.openCard(SECOND);
  await expect(found.item.facts).toContainText("Noor");
  await found.item.waitForPhoto(0);
  expect((await found.item.photoBytes(0)).equals(photo), "the photo, byte for byte").toBe(true);
  await found.people.goThere();
  await expect(found.people.cameByWords(found.word("people.this_phone"))).toBeVisible();

  // The phone turns up again, and says who came.
  await phone.startAgain();
  await phone.open("/people");
  await expect(app.people.cameByWords(app.word("people.other_phone"))).toBeVisible({ timeout: 30_000 });
  await end(found);
});

test("without a server the words wait, and say so; new words end the old ones, and until then those hold", async ({ app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: FIRST });
  await app.phone.open("/words");
  const old = await app.words.make();
  await app.words.waitUntilTheyWork();
  await app.waitUntilOffline();
  const found = await startEmpty(app, folder);
  await found.phone.open("/restore/words");
  await found.restoreWords.waitUntilShown();
  await found.waitUntilOffline();

  await server.kill();
  await app.phone.open("/words");
  const words = await app.words.make();
  await expect(app.words.standing).toContainText(app.word("words.waiting_new"));
  await found.restoreWords.bringBack(old);
  await expect(found.restoreWords.stage("return.asking")).toBeVisible();
  await expect(found.restoreWords.offline).toBeVisible({ timeout: 30_000 });
  await found.phone.open();
  await expect(found.home.waiting).toContainText(found.word("home.returning"));
  await found.phone.open("/restore/words");
  await found.restoreWords.stop();

  await server.startAgain();
  await app.words.waitUntilTheyWork();
  await found.restoreWords.bringBack(old);
  await expect(found.restoreWords.stage("return.not_found")).toBeVisible({ timeout: 30_000 });
  await found.restoreWords.useOthers();
  await found.restoreWords.bringBack(words);
  await found.restoreWords.waitUntilBack();
  await waitForArrival(found, FIRST);
  await end(found);
});

test("words that are left are forgotten, and nothing in the browser has them", async ({ app, phone }) => {
  await app.tell("story", { words: FIRST });
  await phone.open("/words");
  const words = await app.words.show();
  const kept = await phone.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]));
  for (const word of words) expect(kept).not.toContain(word);
  await app.bottomBar.getByRole("link", { name: app.word("nav.home"), exact: true }).tap();
  await app.home.waitUntilShown();
  await phone.page.goBack();
  await expect(app.words.mainAction).toBeVisible();
  await expect(app.words.list).toHaveCount(0);
  expect(await app.words.show(), "others").not.toEqual(words);
});

test("words are printed by their own button alone, and copied by nobody", async ({ app, phone }) => {
  await app.tell("story", { words: FIRST });
  await phone.open("/words");
  await phone.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "yes");
    const copy = async (): Promise<void> => document.documentElement.setAttribute("data-copied", "yes");
    Object.assign(navigator.clipboard, { writeText: copy, write: copy });
    document.addEventListener("copy", () => void copy());
  });
  await app.words.show();
  await phone.page.emulateMedia({ media: "print" });
  await expect(app.words.list, "a page printed by the browser").toBeHidden();
  await phone.page.emulateMedia({ media: "screen" });
  await app.words.print.tap();
  await expect(phone.page.locator("html")).toHaveAttribute("data-printed", "yes");
  await phone.page.emulateMedia({ media: "print" });
  await expect(app.words.list).toBeVisible();
  await expect(app.words.print).toBeHidden();
  await phone.page.emulateMedia({ media: "screen" });
  await app.words.goOn();
  const [place = 0] = await app.words.asked();
  await app.words.field(place).fill("typed");
  await phone.page.emulateMedia({ media: "print" });
  await expect(app.words.field(place)).toBeHidden();
  await expect(phone.page.locator("html")).not.toHaveAttribute("data-copied", "yes");
});

test("the twelve stand in two columns on the smallest phone, and the widest word fits", async ({ app, phone }) => {
  await app.tell("story", { words: FIRST });
  await phone.page.setViewportSize({ width: 320, height: 568 });
  await phone.open("/words");
  await app.words.show();
  const rows = await app.words.list.locator("li").evaluateAll((items) => {
    // The widest of all 2048 in this typeface.
    for (const item of items) item.replaceChildren(Object.assign(document.createElement("span"), { textContent: "mushroom" }));
    return items.map((item) => ({ top: item.getBoundingClientRect().top, overflow: item.scrollWidth - item.clientWidth }));
  });
  expect(rows.map(({ overflow }) => overflow)).toEqual(Array<number>(12).fill(0));
  expect(new Set(rows.map(({ top }) => top)).size, "rows").toBe(6);
});

test("words that another phone of hers made are news on this one until she says so", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: FIRST });
  const tablet = await startGuest(app, folder);
  await bringIn(app, tablet, "mine");
  await waitForArrival(tablet, FIRST);
  await tablet.phone.open("/words");
  await tablet.words.make();
  await tablet.words.waitUntilTheyWork();

  await app.phone.open();
  const news = app.page.locator("#app .notice").filter({ hasText: app.word("words.news") });
  await expect(news).toContainText("The tablet", { timeout: 30_000 });
  await app.phone.open("/people");
  await news.getByRole("button", { name: app.word("words.known"), exact: true }).tap();
  await expect(news).toHaveCount(0);
  await app.phone.open();
  await app.home.waitUntilShown();
  await expect(app.ours.card(FIRST)).toBeVisible();
  await expect(news).toHaveCount(0);
  await end(tablet);
});

/** One field is wrong and says why, over itself, and focus is there. */
async function expectWrong(screen: WordsScreen | RestoreWordsScreen, place: number, why: string): Promise<void> {
  const field = screen.field(place);
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(why);
  await expect(screen.wrong).toHaveCount(1);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(screen.trouble, "said once").toHaveText([why]);
  await expect(screen.trouble).toBeInViewport();
  const [said, typed] = [await screen.trouble.boundingBox(), await field.boundingBox()];
  expect((typed?.y ?? 0) - (said?.y ?? 0) - (said?.height ?? 0), "right over its field").toBeLessThan(24);
}

/** A phone with nothing on it. */
async function startEmpty(app: App, folder: string): Promise<App> {
  return new App(await Phone.start(path.join(folder, "new"), app.phone.home));
}

async function end(app: App): Promise<void> {
  await app.phone.stop();
  expect(app.phone.problems.list()).toEqual([]);
}
