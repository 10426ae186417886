import { expect, test } from "../support/fixtures.ts";

test("records stand under the day they happened, newest first", async ({ phone, app }) => {
  await app.tell("story", { words: "Told today." });
  await app.tell("achievement", { words: "Did it yesterday.", day: "yesterday" });
  await app.tell("story", { words: "Long ago.", day: "2024-02-29" });
  await app.ours.open();
  await expect(app.ours.days).toHaveText([/Today/, /Yesterday/, /29 February 2024/]);
  await expect(app.ours.cards).toHaveText([/Told today\./, /Did it yesterday\./, /Long ago\./]);
  expect(phone.isRunning).toBe(true);
});

test("the timeline can be narrowed by kind and by child, and by both", async ({ app }) => {
  await app.tell("story", { words: "Sam and the pond.", newChild: "Sam" });
  await app.tell("achievement", { words: "Sam tied a bow.", child: "Sam" });
  await app.tell("achievement", { words: "Noor swam.", newChild: "Noor" });
  await app.ours.open();
  await expect(app.ours.cards).toHaveCount(3);
  await app.ours.filterKind("achievement");
  await expect(app.ours.cards).toHaveText([/Noor swam/, /Sam tied a bow/]);
  await app.ours.filterChild("Sam");
  await expect(app.ours.cards).toHaveText([/Sam tied a bow/]);
  await app.ours.filterKind("story");
  await expect(app.ours.cards).toHaveText([/Sam and the pond/]);
  await app.ours.filterKind("feedback");
  await expect(app.ours.cards).toHaveCount(0);
  await expect(app.ours.empty).toBeVisible();
});

test("the child chosen last is filled in the next time", async ({ phone, app }) => {
  await app.tell("story", { words: "One.", newChild: "Sam" });
  await app.tell("story", { words: "Two.", newChild: "Noor" });
  await phone.open("/make/achievement");
  await expect(app.make.child("Noor")).toBeChecked();
  await expect(app.make.child("Sam")).not.toBeChecked();
});

test("every answer of a story can be read again", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.write("The bus was late.");
  await app.make.choose("story.feeling", "mixed");
  await app.make.choose("story.who", "together");
  await app.make.fill("story.helped", "Counting red cars");
  await app.make.fill("story.way", "The noise");
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  for (const text of ["Counting red cars", "The noise"]) await expect(app.item.record).toContainText(text);
  await expect(app.item.record).toContainText(app.word("story.feeling.mixed"));
  await expect(app.item.record).toContainText(app.word("story.who.together"));
});

test("I don't know and I don't want to say are answers like any other", async ({ phone, app }) => {
  await phone.open("/make/achievement");
  await app.make.choose("achievement.place", "unknown");
  await app.make.choose("achievement.led", "unsaid");
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.record).toContainText(app.word("achievement.place.unknown"));
  await expect(app.item.record).toContainText(app.word("achievement.led.unsaid"));
});

test("an edit changes the words of the one record there is", async ({ app }) => {
  await app.tell("story", { words: "He ate a pear." });
  await app.ours.open();
  await app.ours.openCard("He ate a pear.");
  await app.item.edit();
  await expect(app.make.field("story.words")).toHaveValue("He ate a pear.");
  await app.make.write("He ate a whole pear.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.ours.open();
  await expect(app.ours.cards).toHaveText([/He ate a whole pear\./]);
});

test("an edit left in the middle is offered again and the saved record stays as it was", async ({ phone, app }) => {
  await app.tell("story", { words: "He ate a pear." });
  await app.ours.open();
  await app.ours.openCard("He ate a pear.");
  await app.item.edit();
  await app.make.write("He ate a pear and");
  await app.make.waitUntilKept();
  await phone.open("/ours");
  await expect(app.ours.cards).toHaveText([/He ate a pear\./]);
  await phone.open();
  await app.home.goOn("He ate a pear and");
  await expect(app.make.field("story.words")).toHaveValue("He ate a pear and");
});

test("a deleted record lies in the bin, can be put back, and can be ended for good", async ({ phone, app }) => {
  await app.tell("story", { words: "A grey day." });
  await app.ours.open();
  await app.ours.openCard("A grey day.");
  await app.item.delete();
  await app.ours.open();
  await expect(app.ours.card("A grey day.")).toHaveCount(0);

  await phone.open("/bin");
  await app.bin.putBack("A grey day.");
  await app.ours.open();
  await app.ours.openCard("A grey day.");
  await app.item.delete();

  await phone.open("/bin");
  await app.bin.endForGood("A grey day.");
  await expect(app.bin.cards).toHaveCount(0);
  await expect(app.bin.empty).toBeVisible();
  await app.ours.open();
  await expect(app.ours.cards).toHaveCount(0);
});

test("a renamed child has the new name everywhere", async ({ phone, app }) => {
  await app.tell("story", { words: "Up the hill.", newChild: "Sma" });
  await phone.open("/children");
  await app.children.rename("Sma", "Sam");
  await app.ours.open();
  await expect(app.ours.card("Up the hill.")).toContainText("Sam");
});

test("a long timeline is shown in parts", async ({ phone, app }) => {
  await app.tell("story", { words: "Number 1." });
  for (let number = 2; number <= 34; number += 1) {
    await app.saved.another();
    await app.make.write(`Number ${number}.`);
    await app.make.save();
    await app.make.waitUntilSaved();
  }
  await phone.open("/ours");
  await expect(app.ours.cards).toHaveCount(30);
  await app.ours.showMore();
  await expect(app.ours.cards).toHaveCount(34);
});
