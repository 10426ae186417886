// SIGKILL to the browser at a known moment: nothing that was kept is lost, nothing comes twice.
// Each kill proves that it landed there: in the soak all of it runs ten times.
import type { App } from "../pages/app.ts";
import { parentsWords } from "../photos/real.ts";
import { waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";
import type { Line, Trouble } from "../support/line.ts";
import { BEFORE, BLOB_GET, BLOB_PUT, EXCHANGE, end, expectOnce, startWithReader, startWithTeller } from "../support/on-line.ts";

/** The process ends now, and another one begins on what was durable. */
async function killAndStartAgain(app: App, line: Line): Promise<void> {
  await app.phone.kill();
  line.clear();
  line.hangUp();
  await app.phone.startAgain();
}

for (const letters of [3, 9, 17, 26, 40]) {
  test(`killed while typing, ${letters} letters after the last that were said to be kept`, async ({ phone, app }) => {
    const kept = "He said it twice. ";
    const more = "Then he pointed at the moon, and at the lamp, and at me, and laughed out loud.";
    await phone.open("/make/story");
    await app.make.waitUntilShown();
    await app.make.type(kept);
    await app.make.waitUntilKept();
    const typing = app.make.type(more).catch(() => "the browser is gone");
    const words = app.make.words;
    await expect.poll(async () => (await words.inputValue()).length, { intervals: [0] }).toBeGreaterThanOrEqual(kept.length + letters);
    const seen = (await words.inputValue()).length;
    await phone.kill();
    await typing;
    expect(seen, "in the middle of it").toBeLessThan(kept.length + more.length);

    await phone.startAgain();
    await phone.open();
    await app.home.goOn(kept.trim());
    const back = await app.make.words.inputValue();
    expect((kept + more).startsWith(back), back).toBe(true);
    expect(back.length).toBeGreaterThanOrEqual(kept.length);
    await app.make.save();
    await app.make.waitUntilSaved();
    await expectOnce(app, [back.slice(0, 30)]);
  });
}

test("killed between the commit on the phone and the server's word: each story is told once", async ({ server, app: reader, folder }) => {
  test.setTimeout(180_000);
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  const told = [BEFORE];
  const moments: [string, Trouble][] = [
    ["before the first byte", { up: 0 }],
    ["in the middle of the request", { up: 300 }],
    ["before its end", { up: Number.MAX_SAFE_INTEGER }],
    ["when the server has it and nothing has come back", { down: 0 }],
    ["in the middle of the answer", { down: 40 }],
  ];
  for (const [moment, trouble] of moments) {
    const words = `Killed ${moment}.`;
    await app.phone.open("/make/story");
    await app.make.write(words);
    line.setWeather((path) => (path === EXCHANGE ? trouble : null));
    await app.make.save();
    await app.make.waitUntilSaved();
    await line.meets(EXCHANGE);
    await killAndStartAgain(app, line);
    told.push(words);
    await app.phone.open();
    await waitForArrival(reader, words);
  }
  await expectOnce(app, told);
  await expectOnce(reader, told);
  await end(held);
});

test("killed while photos are on their way up: each arrives whole", async ({ server, app: reader, folder }) => {
  test.setTimeout(180_000);
  const held = await startWithReader(folder, server, reader);
  const { app, line } = held;
  const told = [BEFORE];
  for (const [moment, trouble] of [["middle", { up: 2_000 }], ["end", { down: 0 }]] as [string, Trouble][]) {
    const words = `A photo cut off in the ${moment}.`;
    line.setWeather((path) => (path === BLOB_PUT ? trouble : null));
    await app.tell("story", { words, photo: true });
    await line.meets(BLOB_PUT);
    await killAndStartAgain(app, line);
    told.push(words);
    await app.phone.open();
    await waitForArrival(reader, words);
    await reader.ours.openCard(words);
    await reader.item.waitForPhoto(0);
  }
  await expectOnce(app, told);
  await expectOnce(reader, told);
  await end(held);
});

test("killed while receiving: what was half here is here once, and whole", async ({ server, app: teller, folder }) => {
  test.setTimeout(240_000);
  const held = await startWithTeller(folder, server, teller, "other");
  const { app, line } = held;
  const told = [BEFORE];
  const long = parentsWords();
  const moments: [string, string, Trouble][] = [
    [EXCHANGE, "near the beginning", { down: 400 }],
    [EXCHANGE, "in the middle", { down: 650 }],
    [EXCHANGE, "near the end", { down: 900 }],
    [BLOB_GET, "at a photo's first byte", { down: 1 }],
    [BLOB_GET, "in a photo's middle", { down: 300 }],
  ];
  for (const [address, moment, trouble] of moments) {
    const words = `Received ${moment}.`;
    await app.ours.open();
    await expect(app.ours.card(told[0] ?? "")).toBeVisible();
    // Longer than any answer without news: those pass.
    line.setWeather((path) => (path === address ? trouble : null));
    await teller.tell("story", { words: `${words}\n${long}`, photo: true });
    await line.meets(address);
    if (address === EXCHANGE) await expect(app.ours.card(words), "not here yet").toHaveCount(0);
    await killAndStartAgain(app, line);
    told.push(words);
    await waitForArrival(app, words);
    await app.ours.openCard(words);
    await app.item.waitForPhoto(0);
    await expect(app.item.words).toContainText(long.slice(-40));
  }
  await expectOnce(app, told);
  await expectOnce(teller, told);
  await end(held);
});

test("killed while a backup is made: nothing is gone, and no backup is claimed", async ({ phone, app }) => {
  test.setTimeout(180_000);
  const told: string[] = [];
  for (const round of [1, 2, 3]) {
    const words = `Before backup number ${round}.`;
    await app.tell("story", { words, photo: true });
    told.push(words);
    await phone.open("/backup");
    await app.backup.waitUntilShown();
    let files = 0;
    phone.page.on("download", () => {
      files += 1;
    });
    await app.backup.fill("four quite ordinary words");
    await app.backup.mainAction.tap();
    await expect(app.backup.making).toBeVisible();
    await phone.kill();
    expect(files, "no file yet").toBe(0);
    await phone.startAgain();
    await phone.open("/people");
    await expect(phone.page.getByText(app.word("sync.no_backup"))).toBeVisible();
    await expectOnce(app, told);
  }
  const file = await (async () => {
    await phone.open("/backup");
    await app.backup.waitUntilShown();
    return app.backup.make("four quite ordinary words");
  })();
  expect(await file.failure()).toBeNull();
});
