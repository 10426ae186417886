import type { App } from "../pages/app.ts";
import { bringIn, startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const BEFORE = "He rode the bus alone.";
const AFTER = "Told only at home.";

test("who is taken out reads nothing told after, keeps what was told before, and their phone says so", async ({ app, folder }) => {
  test.slow();
  const guest = await startTwo(app, folder);
  await app.phone.open("/people");
  await app.people.askToTakeOut("Nana");
  await app.people.leaveIt();
  await expect(app.people.people, "asked is not taken out").toHaveCount(2);
  await app.people.takeOut("Nana");
  await expect(app.people.people).toHaveCount(1);

  await tellAndSend(app);
  await sayThatNothingIsTaken(guest);
  await expectOnlyTheStoryBefore(guest);
  await app.ours.open();
  await expect(app.ours.card(BEFORE)).toBeVisible();
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("taken out without a server it waits, says so, survives a reload, and comes before what is told meanwhile", async ({ app, server, folder }) => {
  test.slow();
  const guest = await startTwo(app, folder);
  await app.waitUntilOffline();
  await server.kill();
  await app.phone.open("/people");
  await app.people.takeOut("Nana");
  await expect(app.people.waitsFor("Nana")).toBeVisible();
  await app.tell("story", { words: AFTER });
  await app.phone.open("/people");
  await expect(app.people.waitsFor("Nana")).toBeVisible();

  await server.startAgain();
  await app.people.checkNow();
  await expect(app.people.people).toHaveCount(1, { timeout: 30_000 });
  await waitUntilSent(app);
  await sayThatNothingIsTaken(guest);
  await expectOnlyTheStoryBefore(guest);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

/** Two people's phones, and one story on both. */
async function startTwo(app: App, folder: string): Promise<App> {
  await app.tell("story", { words: BEFORE });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest, "other");
  await waitForArrival(guest, BEFORE);
  return guest;
}

async function tellAndSend(app: App): Promise<void> {
  await app.tell("story", { words: AFTER });
  await waitUntilSent(app);
}

/** The server has it, and nobody else is left to open it. */
async function waitUntilSent(app: App): Promise<void> {
  await app.ours.open();
  await app.ours.openCard(AFTER);
  await expect(app.item.place).toContainText(app.word("where.sealed"), { timeout: 30_000 });
}

/** The sentence follows from the server's answers: both exchanges were made by then. */
async function sayThatNothingIsTaken(guest: App): Promise<void> {
  await guest.phone.open("/people");
  await guest.people.checkNow();
  await expect(guest.people.trouble).toContainText(guest.word("sync.not_taken"), { timeout: 30_000 });
}

async function expectOnlyTheStoryBefore(guest: App): Promise<void> {
  await guest.ours.open();
  await expect(guest.ours.card(BEFORE)).toBeVisible();
  await expect(guest.ours.card(AFTER)).toHaveCount(0);
}
