import { askDatabase } from "../support/database.ts";
import { expect, test } from "../support/fixtures.ts";
import { keepMessages, sampleOf, saveAll } from "../support/many.ts";
import { EXCHANGE } from "../support/on-line.ts";

const EACH = 1_000;

test("a record saved in one tab appears in the other without a reload", async ({ phone, app }) => {
  await phone.open("/ours");
  await app.ours.waitUntilShown();
  const first = phone.page;
  await phone.openTab("/make/story");
  await app.make.write("Told in the second tab.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await expect(first.getByText("Told in the second tab.")).toBeVisible();
});

test("two tabs typing two stories keep both", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type("First tab.");
  await app.make.waitUntilKept();
  await phone.openTab("/make/story");
  await app.make.startNew();
  await app.make.type("Second tab.");
  await app.make.waitUntilKept();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await expect(app.home.drafts).toHaveCount(2);
  await expect(app.home.drafts.filter({ hasText: "First tab." })).toBeVisible();
  await expect(app.home.drafts.filter({ hasText: "Second tab." })).toBeVisible();
});

test("two tabs that save a thousand times each: nothing is lost, nothing is twice, and one of them sends", async ({ phone, app, server, folder }) => {
  test.slow();
  await keepMessages(phone);
  await app.tell("story", { words: "Told as a0000." });
  const sample = await sampleOf(phone.page, app.saved.id, "Told as a0000.");
  const first = phone.page;
  const second = await phone.openTab("/settings");
  await app.settings.waitUntilShown();
  await expect(app.settings.saved(1)).toBeVisible();
  const sent = { first: 0, second: 0 };
  first.on("request", (request) => (sent.first += Number(request.url().endsWith(EXCHANGE))));
  second.on("request", (request) => (sent.second += Number(request.url().endsWith(EXCHANGE))));

  const told = (tab: string) => Array.from({ length: EACH }, (_, at) => `Told as ${tab}${String(at + 1).padStart(4, "0")}.`);
  const unsaved = await Promise.all([saveAll(first, sample, told("a")), saveAll(second, sample, told("b"))]);
  expect(unsaved, "each was answered as saved").toEqual([0, 0]);
  const lines = await second.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const count = (locks: LockInfo[]) => locks.filter((lock) => lock.name?.startsWith("hearth-line-")).length;
    return { held: count(held), pending: count(pending) };
  });
  expect(lines, "one tab has the line, the other waits for it").toEqual({ held: 1, pending: 1 });
  await phone.open("/people");
  await expect(app.people.standing).toBeVisible();
  await expect(app.people.seeWaiting, "everything is sent").toHaveCount(0, { timeout: 60_000 });
  expect(sent.first, "the first tab sends").toBeGreaterThan(0);
  expect(sent.second, "and the second nothing").toBe(0);

  await phone.kill();
  await phone.startAgain();
  await phone.open("/settings");
  await expect(app.settings.saved(2 * EACH + 1)).toBeVisible();
  await server.stop();
  const frames = await askDatabase(folder, "SELECT device, dev_seq FROM log_row ORDER BY dev_seq");
  expect(new Set(frames.map(([device]) => String(device))).size, "of one device").toBe(1);
  expect(frames.map(([, number]) => number), "each frame once").toEqual(frames.map((_, at) => at + 1));
});
