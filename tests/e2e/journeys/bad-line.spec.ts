// Lines that lie, fail, drip and fall silent: the app stays usable, what waits is counted rightly,
// and everything arrives once, by itself.
import type { App } from "../pages/app.ts";
import { drawGrain } from "../photos/make.ts";
import { waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";
import type { Trouble } from "../support/line.ts";
import { BEFORE, BLOB_GET, BLOB_PUT, EXCHANGE, LIVE, end, expectOnce, startOnLine, startWithReader, startWithTeller } from "../support/on-line.ts";

const SIGN_IN: Trouble = {
  answer: {
    status: 200,
    headers: { "content-type": "text/html" },
    body: '<!doctype html><title>Sign in</title><img src="data:image/png;base64,AA">',
  },
};

const isApi = (path: string): boolean => path.startsWith("/api/");

async function expectWaiting(app: App, records: number, photos: number): Promise<void> {
  await app.phone.open("/people");
  await app.people.waitUntilShown();
  const { standing } = app.people;
  await expect(standing).toContainText(app.word("sync.unsent", { count: String(records) }));
  await expect(standing).toContainText(app.word("sync.photos", { count: String(photos) }));
}

async function expectNothingWaits(app: App): Promise<void> {
  await app.phone.open("/people");
  await expect(app.people.standing).toContainText(said(app, "sync.all"), { timeout: 60_000 });
}

/** The words before the first thing that is filled in. */
function said(app: App, key: string): string {
  return app.word(key, { ago: "\n" }).split("\n")[0] ?? "";
}

test("a sign-in page in the server's place: all is kept, counted, and sent once it is gone", async ({ server, app: reader, folder }) => {
  test.setTimeout(120_000);
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  line.setWeather((path) => (isApi(path) ? SIGN_IN : null));
  line.hangUp();
  await app.tell("story", { words: "Told in the hotel." });
  await app.tell("achievement", { words: "Shown in the hotel.", photo: true });
  await line.meets(EXCHANGE);
  await expectWaiting(app, 2, 1);
  await app.phone.open("/make/story");
  await app.make.write("Told on the hotel's stairs.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await expectWaiting(app, 3, 1);
  line.clear();
  const told = [BEFORE, "Told in the hotel.", "Shown in the hotel.", "Told on the hotel's stairs."];
  await expectNothingWaits(app);
  await expectOnce(reader, told);
  await expectOnce(app, told);
  await reader.ours.openCard("Shown in the hotel.");
  await reader.item.waitForPhoto(0);
  await end(held);
});

test("an invite is followed in spite of a sign-in page", async ({ server, app: host, folder }) => {
  const held = await startOnLine(folder, server);
  const { app: guest, line } = held;
  await host.tell("story", { words: "Read by two." });
  await host.phone.open("/invite");
  const link = await host.invite.inviteSomebody("Mum");
  line.setWeather((path) => (path.startsWith("/api/invite/") ? SIGN_IN : null));
  await guest.join.followLink(link);
  await line.meets("/api/invite/get");
  await expect(guest.join.stage("join.gone")).toHaveCount(0);
  line.clear();
  await guest.join.accept("Nana");
  await expect(guest.join.pictures).toHaveCount(4);
  await end(held);
});

test("a storm of 503: two of three calls fail, and everything arrives once", async ({ server, app: reader, folder }) => {
  test.setTimeout(120_000);
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  let calls = 0;
  line.setWeather((path) => {
    if (!isApi(path)) return null;
    calls += 1;
    return calls % 3 === 0 ? null : { answer: { status: 503, body: "cannot answer now" } };
  });
  const told = [BEFORE];
  for (const number of [1, 2, 3]) {
    const words = `Told in storm ${number}.`;
    await app.tell("story", { words, photo: number === 2 });
    told.push(words);
  }
  await waitForArrival(reader, "Told in storm 3.");
  await expectOnce(reader, told);
  await reader.ours.openCard("Told in storm 2.");
  await reader.item.waitForPhoto(0);
  expect(calls, "it stormed").toBeGreaterThan(6);
  await expectOnce(app, told);
  await end(held);
});

test("a server that asks to be left alone is left alone, until somebody presses", async ({ server, folder }) => {
  test.setTimeout(120_000);
  const asked = await startOnLine(folder, server, "asked");
  const unasked = await startOnLine(folder, server, "unasked");
  for (const { app } of [asked, unasked]) {
    await app.tell("story", { words: BEFORE });
    await expectNothingWaits(app);
  }
  const busy = (headers: Record<string, string>): Trouble => ({ answer: { status: 429, headers, body: "too many" } });
  for (const { app, line } of [asked, unasked]) {
    await app.phone.open("/make/story");
    await app.make.write("Told to a busy server.");
    const headers: Record<string, string> = app === asked.app ? { "retry-after": "600" } : {};
    line.setWeather((path) => (path === EXCHANGE ? busy(headers) : null));
    await app.make.save();
    await app.make.waitUntilSaved();
    await line.meets(EXCHANGE);
  }
  // What is told meanwhile is no reason to ask again.
  await asked.app.bottomBar.getByRole("link", { name: asked.app.word("nav.make"), exact: true }).tap();
  await asked.app.makeMenu.mainAction.tap();
  await asked.app.make.write("Told while it was busy.");
  await asked.app.make.save();
  await asked.app.make.waitUntilSaved();
  await asked.app.people.goThere();
  await expect(asked.app.people.standing).toContainText(asked.app.word("sync.unsent", { count: "2" }));
  // The one that was not asked, and began later, tries again and again meanwhile.
  await expect.poll(() => unasked.line.asked.get(EXCHANGE) ?? 0, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  expect(asked.line.asked.get(EXCHANGE)).toBe(1);
  for (const { line } of [asked, unasked]) line.clear();
  await asked.app.people.checkNow();
  await expectNothingWaits(asked.app);
  await expectOnce(asked.app, [BEFORE, "Told to a busy server.", "Told while it was busy."]);
  await expectNothingWaits(unasked.app);
  await end(asked);
  await end(unasked);
});

test("one byte at a time: what is told arrives, with its photo", async ({ server, app: teller, folder }) => {
  test.setTimeout(120_000);
  const held = await startWithTeller(folder, server, teller);
  const { app, line } = held;
  line.setWeather((path) => (path === EXCHANGE || path === BLOB_GET ? { drip: true } : null));
  await app.ours.open();
  await teller.tell("story", { words: "Drop by drop.", photo: true });
  await waitForArrival(app, "Drop by drop.");
  await app.ours.openCard("Drop by drop.");
  await app.item.waitForPhoto(0);
  await line.meets(BLOB_GET);
  await expectOnce(app, [BEFORE, "Drop by drop."]);
  await end(held);
});

test("an answer that never ends is given up, and the next call goes through", async ({ server, app: reader, folder }) => {
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  line.setWeather((path, count) => (path === EXCHANGE && count <= 2 ? { endless: true } : null));
  await app.tell("story", { words: "Told past a flood." });
  await waitForArrival(reader, "Told past a flood.");
  expect(line.asked.get(EXCHANGE) ?? 0).toBeGreaterThan(2);
  await expectOnce(reader, [BEFORE, "Told past a flood."]);
  await end(held);
});

test("hints that fall silent: news still comes, because silence is a dead line", async ({ server, app: teller, folder }) => {
  test.setTimeout(180_000);
  const held = await startWithTeller(folder, server, teller);
  const { app, line } = held;
  // The stream's first comment passes, and then nothing more: no end either.
  await app.ours.open();
  line.setWeather((path, count) => (path === LIVE && count === 1 ? { down: 3 } : null));
  line.hangUp();
  await line.meets(LIVE);
  await teller.tell("story", { words: "Heard in spite of the silence." });
  // A minute of silence, by the phone's own rule.
  await expect(app.ours.card("Heard in spite of the silence.")).toBeVisible({ timeout: 100_000 });
  expect(line.asked.get(LIVE) ?? 0, "the hints were opened again").toBeGreaterThan(1);
  await end(held);
});

test("hints that end as soon as they begin are asked for less and less often", async ({ server, folder }) => {
  test.slow();
  const cut = await startOnLine(folder, server, "cut");
  const failing = await startOnLine(folder, server, "failing");
  for (const { app } of [cut, failing]) {
    await app.tell("story", { words: BEFORE });
    await expectNothingWaits(app);
  }
  // Every call goes well but the hints; beside it a phone whose every call fails, for comparison.
  cut.line.setWeather((path) => (path === LIVE ? { answer: { status: 200, headers: { "content-type": "text/event-stream" }, body: ":\n\n" } } : null));
  cut.line.hangUp();
  failing.line.setWeather((path) => (isApi(path) ? { answer: { status: 503 } } : null));
  failing.line.hangUp();
  await failing.app.people.checkNow();
  await expect.poll(() => failing.line.asked.get(EXCHANGE) ?? 0, { timeout: 90_000 }).toBeGreaterThanOrEqual(6);
  expect(cut.line.asked.get(LIVE) ?? 0, "asked for again").toBeGreaterThan(1);
  expect(cut.line.asked.get(LIVE) ?? 0, "and not over and over").toBeLessThan(10);
  await end(cut);
  await end(failing);
});

test("a photo whose upload is cut at every 64 KB arrives whole", async ({ server, app: reader, folder }) => {
  test.setTimeout(180_000);
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  // A part is eight times 64 KB: each goes through the third time, cut elsewhere each time before.
  const cuts = new Set<number>();
  let inARow = 0;
  line.setWeather((path) => {
    if (path !== BLOB_PUT) return null;
    inARow = (inARow + 1) % 3;
    if (inARow === 0) return null;
    const chunks = ((cuts.size * 3) % 8) + 1;
    cuts.add(chunks);
    return { up: chunks * 64 * 1024, isCut: true };
  });
  await app.phone.open("/make/story");
  await app.make.write("A photo in pieces.");
  await app.make.pictures.add("big.jpg", await drawGrain(app.page, 1600, 1200));
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.people.goThere();
  await expect(app.people.standing).toContainText(said(app, "sync.all"), { timeout: 90_000 });
  await waitForArrival(reader, "A photo in pieces.");
  await reader.ours.openCard("A photo in pieces.");
  await reader.item.waitForPhoto(0);
  await app.ours.open();
  await app.ours.openCard("A photo in pieces.");
  await app.item.waitForPhoto(0);
  expect(await reader.item.photoBytes(0)).toEqual(await app.item.photoBytes(0));
  expect([...cuts].sort(), "at every boundary").toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await end(held);
});
