// Photos go when the person wants them to; words never wait for it.
import { expect, test } from "../support/fixtures.ts";

test("photos wait until somebody says so, words go at once, and what waits is said", async ({ phone, app }) => {
  await app.tell("story", { words: "Sent at once." });
  await phone.open("/settings");
  await app.settings.photosTravel("photos.asked");
  await app.tell("story", { words: "With a photo.", photo: true });
  await phone.open("/people");
  await expect(app.people.standing).toContainText(app.word("sync.held", { count: "1" }), { timeout: 30_000 });
  await expect(app.people.standing).toContainText(app.word("sync.unsent", { count: "1" }));
  await app.people.letPhotosGo.tap();
  await expect(app.people.standing).toContainText("The server has a locked copy of everything.", { timeout: 30_000 });
  await expect(app.people.letPhotosGo).toHaveCount(0);
  await phone.openTab("/people");
  await expect(app.people.standing, "a tab without a line of its own knows it too").toContainText("The server has a locked copy of everything.");
  await phone.open("/settings");
  await expect(app.settings.photosChoice("photos.asked"), "kept for the next one").toBeChecked();
  await expect(app.settings.photosChoice("photos.wifi"), "this browser does not tell what network there is").toHaveCount(0);
});
