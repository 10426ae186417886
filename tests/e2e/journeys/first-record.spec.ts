import { countPresses } from "../support/presses.ts";
import { expect, test } from "../support/fixtures.ts";

test("the first story is saved with at most nine presses from the link", async ({ phone, app }) => {
  const presses = await countPresses(phone);
  await phone.open();
  await app.home.tellStory();
  await app.make.writeByTapping("We baked bread and he stirred by himself.");
  await app.make.save();
  await app.make.waitUntilSaved();
  expect(presses.count).toBeLessThanOrEqual(9);
  test.info().annotations.push({ type: "presses", description: String(presses.count) });
});

test("a story with a photo and a child's name is saved with at most nine presses from the link", async ({ phone, app }) => {
  const presses = await countPresses(phone);
  await phone.open();
  await app.home.tellStory();
  await app.make.writeByTapping("First time on the big slide.");
  await app.make.nameChild("Sam");
  await app.make.addMadePhoto();
  await app.make.save();
  await app.make.waitUntilSaved();
  // A person presses twice more: the button that opens the phone's own picker, and the photo in it.
  expect(presses.count + 2).toBeLessThanOrEqual(9);
});

test("a home achievement takes three presses from the home screen", async ({ phone, app }) => {
  await phone.open();
  await app.home.waitUntilShown();
  const presses = await countPresses(phone);
  await app.home.addWin();
  await app.make.writeByTapping("Put on both shoes.");
  await app.make.save();
  await app.make.waitUntilSaved();
  expect(presses.count).toBeLessThanOrEqual(3);
});

test("saving an empty story says what is missing and keeps the person there", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.waitUntilShown();
  await app.make.save();
  await expect(app.make.missing).toBeVisible();
  await expect(app.make.missing).toBeFocused();
  await expect(app.saved.heading).toHaveCount(0);
});

test("what was saved is on the timeline after a reload", async ({ phone, app }) => {
  await app.tell("story", { words: "A heron stood in the pond." });
  await phone.page.reload();
  await app.ours.open();
  await expect(app.ours.card("A heron stood in the pond.")).toBeVisible();
});
