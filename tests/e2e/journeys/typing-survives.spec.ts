import { parentsWords } from "../photos/real.ts";
import { expect, test } from "../support/fixtures.ts";

const SENTENCE = "He said “more”, twice — and then he pointed at the mo";

test("killing the browser in the middle of a sentence loses nothing that was typed", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await phone.kill();

  await phone.startAgain();
  await phone.open();
  await app.home.goOn("He said");
  await expect(app.make.field("story.words")).toHaveValue(SENTENCE);
});

test("a reload in the middle of a sentence comes back to it", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await phone.page.reload();
  await app.make.waitUntilShown();
  await expect(app.make.field("story.words")).toHaveValue(SENTENCE);
});

test("going back in the middle of a sentence leaves a draft that is offered", async ({ phone, app }) => {
  await phone.open();
  await app.home.tellStory();
  await app.make.type(SENTENCE);
  await phone.page.goBack();
  await app.home.goOn("He said");
  await expect(app.make.field("story.words")).toHaveValue(SENTENCE);
});

test("closing the tab in the middle of a sentence leaves a draft that is offered", async ({ phone, app }) => {
  await phone.open("/make/feedback");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await phone.closeTab();
  await phone.open();
  await app.home.goOn("He said");
  await expect(app.make.field("feedback.words")).toHaveValue(SENTENCE);
});

test("a kind with a draft offers to go on or to start new, and starting new keeps the draft", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await phone.open("/make/story");
  await app.make.startNew();
  await expect(app.make.field("story.words")).toHaveValue("");
  await app.make.write("Another day.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.open();
  await app.home.goOn("He said");
  await expect(app.make.field("story.words")).toHaveValue(SENTENCE);
});

test("choices, child, day and photo of a draft survive a killed browser", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type("Rain");
  await app.make.choose("story.feeling", "worried");
  await app.make.nameChild("Noor");
  await app.make.chooseYesterday();
  await app.make.addMadePhoto();
  await app.make.waitUntilKept();
  await phone.kill();

  await phone.startAgain();
  await phone.open();
  await app.home.goOn("Rain");
  await expect(app.make.choice("story.feeling", "worried")).toBeChecked();
  await expect(app.make.child("Noor")).toBeChecked();
  await expect(app.make.yesterday).toBeChecked();
  await expect(app.make.pictures.all).toHaveCount(1);
});

test("a parent's long story is kept and saved letter for letter", async ({ phone, app }) => {
  const words = parentsWords();
  await phone.open("/make/story");
  await app.make.write(words);
  await app.make.waitUntilKept();
  await phone.page.reload();
  await expect(app.make.field("story.words")).toHaveValue(words);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  expect(await app.item.words.evaluate((element) => (element as HTMLElement).innerText.trim())).toBe(words);
});
