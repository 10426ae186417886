import { expect, test } from "../support/fixtures.ts";

test("a story with a photo told offline is there after the browser ends and starts again offline", async ({ phone, server, app }) => {
  await phone.open();
  await app.waitUntilOffline();
  await server.kill();
  await phone.context.setOffline(true);

  await app.home.tellStory();
  await app.make.write("No signal on the moor, and she laughed at the sheep.");
  await app.make.addMadePhoto();
  await app.make.save();
  await app.make.waitUntilSaved();

  await phone.kill();
  await phone.startAgain();
  await phone.context.setOffline(true);
  await phone.open();
  await app.ours.open();
  await app.ours.openCard("No signal on the moor");
  await expect(app.item.words).toContainText("she laughed at the sheep");
  await expect(app.item.photos).toHaveCount(1);
  await app.item.waitForPhoto(0);
});

test("a story can be edited, deleted and brought back with the server gone", async ({ phone, server, app }) => {
  await app.tell("story", { words: "He waved at the bus driver." });
  await app.waitUntilOffline();
  await server.kill();
  await phone.kill();
  await phone.startAgain();
  await phone.context.setOffline(true);

  await phone.open("/ours");
  await app.ours.openCard("He waved at the bus driver.");
  await app.item.edit();
  await app.make.write("He waved at the bus driver, and she waved back.");
  await app.make.save();
  await app.make.waitUntilSaved();

  await app.ours.open();
  await app.ours.openCard("she waved back");
  await app.item.delete();
  await app.undo();
  await app.ours.open();
  await expect(app.ours.card("she waved back")).toBeVisible();
});

test("without internet a strip says that everything still saves", async ({ phone, app }) => {
  await phone.open();
  await app.home.waitUntilShown();
  // What the strip says is true once all of the app is here.
  await app.waitUntilOffline();
  await expect(app.offlineStrip).toHaveCount(0);
  await phone.context.setOffline(true);
  await expect(app.offlineStrip).toBeVisible();
  await phone.context.setOffline(false);
  await expect(app.offlineStrip).toHaveCount(0);
});

test("every address of the app starts offline", async ({ phone, server, app }) => {
  await phone.open();
  await app.waitUntilOffline();
  await server.kill();
  for (const address of ["/", "/make/story", "/ours", "/settings", "/help", "/rescue"]) {
    await phone.open(address);
    await expect(phone.page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  }
});
