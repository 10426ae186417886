// What was not sent yet is there to see, to change and to delete, and goes by itself.
import { expect, test } from "../support/fixtures.ts";

/** What the app's icon was told to show, in order. */
function watchBadge(): void {
  const shown: number[] = [];
  (window as unknown as { shown: number[] }).shown = shown;
  navigator.setAppBadge = (count = 0) => Promise.resolve(void shown.push(count));
  navigator.clearAppBadge = () => Promise.resolve(void shown.push(0));
}

test("what waits can be seen, read, changed and deleted, and is gone from the list once it was sent", async ({ server, phone, app }) => {
  test.setTimeout(120_000);
  await phone.context.addInitScript(watchBadge);
  await app.tell("story", { words: "Sent before." });
  await phone.open("/people");
  await expect(app.people.standing).toContainText("The server has a locked copy of everything.", { timeout: 30_000 });
  await expect(app.people.seeWaiting).toHaveCount(0);
  await app.waitUntilOffline();
  await server.kill();
  await app.tell("story", { words: "Told on the train." });
  await app.tell("achievement", { words: "Bought the ticket himself.", photo: true });
  await phone.open("/people");
  await app.people.seeWaiting.tap();
  await app.ours.waitUntilShown();
  await expect(app.ours.cards).toHaveCount(2);
  await expect(app.ours.chip(app.word("ours.all"))).toHaveAttribute("aria-pressed", "false");
  await expect(app.ours.card("Told on the train.")).toContainText(app.word("where.waiting"));
  const badge = (): Promise<number | undefined> => phone.page.evaluate(() => (window as unknown as { shown: number[] }).shown.at(-1));
  await expect.poll(badge).toBe(2);

  await app.ours.openCard("Bought the ticket");
  await app.item.edit();
  await app.make.write("Bought both tickets himself.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.open("/people");
  await app.people.seeWaiting.tap();
  await app.ours.openCard("Told on the train.");
  await app.item.delete();
  // Deleted it waits to be known as deleted.
  await expect(app.ours.cards).toHaveCount(2);
  await server.startAgain();
  await phone.page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(app.page.getByText(app.word("ours.none_waiting"))).toBeVisible({ timeout: 60_000 });
  await expect.poll(badge).toBe(0);
  await app.ours.chip(app.word("ours.all")).tap();
  await expect(app.ours.chip(app.word("ours.all"))).toHaveAttribute("aria-pressed", "true");
  await expect(app.ours.card("Bought both tickets himself.")).toBeVisible();
  await expect(app.ours.cards).toHaveCount(2);
});
