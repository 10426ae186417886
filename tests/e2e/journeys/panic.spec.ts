import { expect, test } from "../support/fixtures.ts";

const SENTENCE = "She held the door for everyone at the li";

test.beforeEach(async ({ phone }) => {
  // A panic ends the wasm with a trap, which the browser reports as well.
  phone.problems.expect(/unreachable|panicked|hearth-panic-test/);
});

test("a panic in the middle of a sentence shows what was last kept, and a reload brings it back", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await app.panic();

  await expect(app.shell.crash).toBeVisible();
  await expect(app.shell.crashHeading).toBeFocused();
  await expect(app.shell.crashKept).toHaveText(SENTENCE);
  await expect(phone.page.locator("#app")).toBeHidden();

  await app.shell.reload.click();
  await app.make.waitUntilShown();
  await expect(app.make.field("story.words")).toHaveValue(SENTENCE);
});

test("after a panic the rescue screen lists what is there, the draft among it", async ({ phone, app }) => {
  await app.tell("achievement", { words: "Tied a bow." });
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await app.panic();
  await app.shell.crash.getByRole("link").click();
  await expect(app.rescue.list).toContainText("Tied a bow.");
  await expect(app.rescue.list).toContainText(SENTENCE);
});

test("the details to copy say where it broke and none of the words", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type(SENTENCE);
  await app.make.waitUntilKept();
  await app.panic();
  await app.shell.crash.locator("summary").click();
  const details = app.shell.crash.locator("[data-details]");
  await expect(details).toContainText(/\.rs:\d+:\d+/);
  await expect(details).not.toContainText("door");
});
