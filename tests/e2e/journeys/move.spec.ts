// A family's old phone and its new one, both in hand: everything comes over, and then the old one is emptied.
import { compareThere, startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const WORDS = "She read the whole sign aloud.";

test("a family moves to a new phone: all of it arrives, the old phone is emptied", async ({ app, phone, folder }) => {
  test.slow();
  await app.tell("story", { words: WORDS, newChild: "Wren", photo: true });
  await phone.open("/settings");
  await app.settings.row("move.title").tap();
  const link = await app.moving.showTheCode();
  const fresh = await startGuest(app, folder, "new");
  await fresh.join.followLink(link);
  await fresh.join.accept("The new phone");
  await compareThere(app, fresh);
  await expect(app.moving.stage("invite.done_mine")).toBeVisible();

  await waitForArrival(fresh, WORDS);
  await fresh.ours.openCard(WORDS);
  await fresh.item.waitForPhoto(0);
  await app.moving.removeHere.tap();
  await expect(app.leave.allSafe, "nothing is on the old phone alone").toBeVisible();
  await app.leave.remove("leave.title");
  await app.home.waitUntilShown();
  await app.ours.open();
  await expect(app.ours.card(WORDS), "emptied").toHaveCount(0);

  await fresh.phone.open("/ours");
  await expect(fresh.ours.card(WORDS), "on the new phone it stays").toBeVisible();
  await fresh.phone.stop();
  expect(fresh.phone.problems.list()).toEqual([]);
});
