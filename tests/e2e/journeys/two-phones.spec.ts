import { PHOTO_CANARY, takePhoto } from "../photos/make.ts";
import { findMetadata, look } from "../photos/read.ts";
import { parentsWords, photoOnItsSide, photoWithPlace } from "../photos/real.ts";
import { bringIn, startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const RED = [254, 0, 0];

test("a parent's story with three camera photos, told offline, is read on another phone after the server restarts", async ({ phone, app, server, folder }) => {
  test.slow();
  await phone.open();
  await app.waitUntilOffline();
  await server.kill();

  await app.home.tellStory();
  await app.make.write(parentsWords());
  const big = await takePhoto(phone.page, 4000, 3000, { orientation: 6, taken: "2026:05:03 14:20:00", place: [51.5007, -0.1246] });
  expect(await findMetadata(phone.page, big), "the camera's file does tell").toContain(PHOTO_CANARY);
  await app.make.pictures.add("DSCN0010.jpg", await photoWithPlace(phone.page));
  await app.make.pictures.add("portrait_6.jpg", await photoOnItsSide(phone.page));
  await app.make.pictures.add("big.jpg", big);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.place).toContainText(app.word("status.phone"));

  await server.startAgain();
  const guest = await startGuest(app, folder);
  await bringIn(app, guest, "other");
  await server.kill();
  await server.startAgain();

  const first = parentsWords().slice(0, 40);
  await waitForArrival(guest, first);
  await guest.ours.openCard(first);
  await expect(guest.item.words).toContainText(parentsWords().slice(0, 60));
  await expect(guest.item.photos).toHaveCount(3);
  for (const i of [0, 1, 2]) {
    await guest.item.waitForPhoto(i);
    expect(await findMetadata(guest.page, await guest.item.photoBytes(i))).toEqual([]);
  }
  const seen = await look(guest.page, await guest.item.photoBytes(2));
  expect(seen).toMatchObject({ width: 1200, height: 1600 });
  const corner = seen.corners[0] ?? [];
  expect(Math.max(...RED.map((value, i) => Math.abs(value - (corner[i] ?? -999)))), "the marked corner, top left").toBeLessThan(24);
  await expect(guest.page.getByRole("link", { name: guest.word("item.edit"), exact: true }), "somebody else's words").toHaveCount(0);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("what each of two people tells arrives on the other's phone, and notes too", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: "He rode the bus alone." });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest, "other");
  await waitForArrival(guest, "He rode the bus alone.");
  await guest.ours.openCard("He rode the bus alone.");
  await guest.item.addNote("I saw him wave.");
  await guest.tell("achievement", { words: "She poured the tea." });
  await waitForArrival(app, "She poured the tea.");
  await app.ours.openCard("He rode the bus alone.");
  await expect(app.item.notes.filter({ hasText: "I saw him wave." })).toBeVisible();
  await expect(app.item.place).toContainText(app.word("where.safe"));
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("what is told on one phone comes up on the other's open list by itself", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: "Told before." });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest, "other");
  await waitForArrival(guest, "Told before.");
  // Nothing is pressed or opened there from here on: only a hint of the server can bring it.
  await app.tell("story", { words: "Told while she looks." });
  await expect(guest.ours.card("Told while she looks.")).toBeVisible({ timeout: 30_000 });
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("one person's two phones that change one field offline keep and show both versions", async ({ phone, app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: "First words." });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest);
  await waitForArrival(guest, "First words.");
  await app.waitUntilOffline();
  await guest.waitUntilOffline();
  await server.kill();
  for (const [one, words] of [[app, "Changed on the phone."], [guest, "Changed on the tablet."]] as const) {
    await one.ours.open();
    await one.ours.openCard("First words.");
    await one.item.edit();
    await one.make.write(words);
    await one.make.save();
    await one.make.waitUntilSaved();
  }
  await server.startAgain();
  for (const one of [app, guest]) {
    await one.phone.open("/people");
    await one.people.checkNow();
  }
  for (const one of [app, guest]) {
    await one.ours.open();
    await one.ours.openCard("Changed on the");
    await expect(one.item.versions).toHaveCount(2, { timeout: 30_000 });
    await expect(one.item.versions.filter({ hasText: "Changed on the phone." })).toBeVisible();
    await expect(one.item.versions.filter({ hasText: "Changed on the tablet." })).toBeVisible();
  }
  await app.item.keepTogether("Changed on both.");
  await waitForArrival(guest, "Changed on both.");
  expect(phone.problems.list()).toEqual([]);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a server that is killed in the middle of a push has everything once it is back", async ({ phone, app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: "Story number 0." });
  const guest = await startGuest(app, folder);
  await bringIn(app, guest);
  for (const round of [1, 2, 3]) {
    await phone.open("/make/story");
    await app.make.write(`Story number ${round}.`);
    const pushed = phone.context.waitForEvent("request", { predicate: (request) => request.url().endsWith("/api/exchange") });
    await app.make.save();
    await pushed;
    await server.kill();
    await app.make.waitUntilSaved();
    await server.startAgain();
  }
  await phone.open("/people");
  await app.people.checkNow();
  await guest.phone.open("/people");
  await guest.people.checkNow();
  await guest.ours.open();
  for (const round of [0, 1, 2, 3]) {
    await expect(guest.ours.card(`Story number ${round}.`)).toHaveCount(1, { timeout: 30_000 });
  }
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("waiting survives the end of both browsers and days without a server", async ({ phone, app, server, folder }) => {
  test.slow();
  await app.tell("story", { words: "Kept until then." });
  await phone.open("/invite");
  const link = await app.invite.inviteSomebody("Mum");
  const guest = await startGuest(app, folder);
  await guest.join.followLink(link);
  await guest.join.accept("Nana");
  // From here on the phone has said that it asks.
  await expect(guest.join.stage("join.claiming").or(guest.join.pictures.first())).toBeVisible();
  await guest.phone.kill();
  await phone.kill();
  await server.kill();
  await server.startAgain();
  await phone.startAgain();
  await guest.phone.startAgain();
  // What it asked may not have left the phone when it was killed.
  await guest.phone.open("/join");
  await phone.open("/invite");
  await expect(app.invite.pictures).toHaveCount(4, { timeout: 30_000 });
  await expect(guest.join.pictures).toHaveCount(4, { timeout: 30_000 });
  await app.invite.sayTheyAreTheSame();
  await expect(app.invite.stage("invite.done")).toBeVisible({ timeout: 30_000 });
  await guest.phone.open("/join");
  await guest.join.sayTheyAreTheSame();
  await waitForArrival(guest, "Kept until then.");
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a guest who sees other pictures says so, and nothing of that phone has moved", async ({ app, folder }) => {
  test.slow();
  await app.tell("story", { words: "Of the host." });
  const guest = await startGuest(app, folder);
  await guest.tell("story", { words: "Of the guest alone." });
  await app.phone.open("/invite");
  await guest.join.followLink(await app.invite.inviteSomebody("Mum"));
  await guest.join.accept("Nana");
  await expect(guest.join.pictures).toHaveCount(4, { timeout: 30_000 });
  await app.invite.sayTheyAreTheSame();
  await expect(app.invite.stage("invite.done")).toBeVisible({ timeout: 30_000 });
  await guest.phone.open("/join");
  await expect(guest.join.pictures, "the other side's yes is not theirs").toHaveCount(4);
  await guest.join.sayTheyAreNot();
  await expect(guest.join.stage("join.unsound")).toBeVisible();
  await guest.phone.open("/join");
  await guest.join.again();
  await expect(guest.join.box).toBeVisible();
  await guest.ours.open();
  await expect(guest.ours.card("Of the guest alone.")).toBeVisible();
  await expect(guest.ours.card("Of the host.")).toHaveCount(0);
  await app.ours.open();
  await expect(app.ours.card("Of the guest alone.")).toHaveCount(0);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a phone that was let in and stayed away makes nothing safe, and once it comes the open item says so by itself", async ({ app, folder }) => {
  test.slow();
  const told = "She tied her shoes.";
  await app.tell("story", { words: told });
  const guest = await startGuest(app, folder);
  await app.phone.open("/invite");
  const link = await app.invite.inviteSomebody("Mum");
  await guest.join.followLink(link);
  await guest.join.accept("Nana");
  await expect(app.invite.pictures).toHaveCount(4);
  await guest.join.sayTheyAreTheSame();
  await expect(guest.join.stage("invite.open")).toBeVisible();
  await guest.phone.kill();
  await app.invite.sayTheyAreTheSame();
  await expect(app.invite.stage("invite.done")).toBeVisible();

  await app.phone.open("/people");
  await expect(app.people.awaited("Nana")).toBeVisible();
  await app.ours.open();
  await app.ours.openCard(told);
  await expect(app.item.place).toContainText(app.word("where.sealed"));

  await guest.phone.startAgain();
  await guest.phone.open();
  await expect(app.item.place).toContainText(app.word("where.safe"), { timeout: 30_000 });
  await app.phone.open("/people");
  await expect(app.people.people).toHaveCount(2);
  await expect(app.people.awaited("Nana")).toHaveCount(0);
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});
