// Invites that lead nowhere: each is answered by a page that says why, with a way on, and nothing on the phone changes.
import { bringIn, startGuest } from "../support/circle.ts";
import { changeDatabase } from "../support/database.ts";
import { expect, test } from "../support/fixtures.ts";
import type { App } from "../pages/app.ts";

/** The page that says that an invite is over, and the way on from there. */
async function expectOver(guest: App): Promise<void> {
  await expect(guest.join.stage("join.gone")).toBeVisible({ timeout: 30_000 });
  await expect(guest.page.getByText(guest.word("join.gone_line"))).toBeVisible();
  await guest.join.again();
  await expect(guest.join.box).toBeVisible();
}

test("an invite that was used says so to whoever comes later", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: "Only for Nana." });
  await app.phone.open("/invite");
  const link = await app.invite.inviteSomebody("Mum");
  const nana = await startGuest(app, folder, "nana");
  await nana.join.followLink(link);
  await nana.join.accept("Nana");
  await expect(app.invite.pictures).toHaveCount(4);

  const late = await startGuest(app, folder, "late");
  await late.tell("story", { words: "Told on the late phone." });
  await late.join.followLink(link);
  await late.join.accept("Somebody");
  await expectOver(late);
  await late.ours.open();
  await expect(late.ours.card("Told on the late phone.")).toBeVisible();
  await expect(late.ours.card("Only for Nana.")).toHaveCount(0);

  // Two phones with one link: the person who invited is told, loudly, and lets nobody in.
  await expect(app.invite.alarm).toBeVisible({ timeout: 30_000 });
  await app.invite.sayTheyAreNot();
  await app.phone.open("/people");
  await expect(app.people.people).toHaveCount(1);
  for (const phone of [nana.phone, late.phone]) {
    await phone.stop();
    expect(phone.problems.list()).toEqual([]);
  }
});

test("an invite that nobody used in time is over", async ({ app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: "Not for everybody." });
  await app.phone.open("/invite");
  const old = await app.invite.inviteSomebody("Mum");
  await server.stop();
  // Three days go by on the server.
  await changeDatabase(folder, (database) => database.run("UPDATE invite SET expires = 1, until = 1"));
  await server.startAgain();
  const guest = await startGuest(app, folder);
  await guest.join.followLink(old);
  await expectOver(guest);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a link that is none, or was cut off, says what to do and leaves the box as it is", async ({ app, folder }) => {
  await app.tell("story", { words: "Told." });
  await app.phone.open("/invite");
  const link = await app.invite.inviteMyPhone();
  const guest = await startGuest(app, folder);
  await guest.phone.open("/join");
  for (const wrong of ["https://example.org/", "see you on Monday", link.slice(0, -5)]) {
    await guest.join.paste(wrong);
    await expect(guest.join.trouble).toContainText(guest.word("failure.not_a_link"));
    await expect(guest.join.box).toHaveValue(wrong);
  }
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a phone that shares already follows no other invite and stays where it is", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: "Ours." });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest, "other");
  await app.phone.open("/invite");
  const link = await app.invite.inviteMyPhone();
  await guest.join.followLink(link);
  await expect(guest.join.trouble).toContainText(guest.word("failure.shared"));
  await guest.ours.open();
  await expect(guest.ours.card("Ours.")).toBeVisible({ timeout: 30_000 });
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});
