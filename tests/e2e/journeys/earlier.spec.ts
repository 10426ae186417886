import { expect, test } from "../support/fixtures.ts";

test("what a story said before is read and brought back without internet, and that is an edit as well", async ({ phone, server, app }) => {
  await app.tell("story", { words: "She fed the ducks." });
  await app.saved.seeIt();
  await expect(app.item.earlier).toHaveCount(0);
  await app.item.rewrite("She fed the geese.");
  await app.item.rewrite("Nothing happened.");
  await app.waitUntilOffline();
  await server.kill();
  await app.item.seeEarlier();
  await expect(app.earlier.versions).toContainText(["Nothing happened.", "She fed the geese.", "She fed the ducks."]);
  await expect(app.earlier.versions).toContainText([app.word("earlier.now"), app.word("people.you"), app.word("people.you")]);
  await app.earlier.bringBack("She fed the ducks.");
  await expect(app.toast).toContainText(app.word("conflict.settled"));
  await expect(app.earlier.heading).toBeFocused();
  await phone.page.reload();
  await app.earlier.waitUntilShown();
  await expect(app.earlier.versions).toContainText(["She fed the ducks.", "Nothing happened.", "She fed the geese.", "She fed the ducks."]);
  await app.ours.open();
  await app.ours.openCard("She fed the ducks.");
  await expect(app.item.words).toHaveText("She fed the ducks.");
});
