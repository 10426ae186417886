// Stores that earlier builds made open in this one, whatever moment of it the browser is killed at.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { App } from "../pages/app.ts";
import { expect, test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";
import { Server } from "../support/server.ts";
import { STORES, STORES_ADDRESS, flagsFor, unpackStore } from "../support/stores.ts";

const STEP = "/step";
/** Every step in a soak; in the test command some of them, the first among them. */
const STRIDE = process.env.HEARTH_SOAK ? 1 : 4;

/** In the worker: each opening of a database, each change of its form and each transaction asks first. */
function askBeforeEachStep(address: string): void {
  let steps = 0;
  const ask = (what: string): void => {
    steps += 1;
    const request = new XMLHttpRequest();
    request.open("GET", `${address}?at=${steps}&what=${what}`, false);
    request.send();
  };
  const wrap = (owner: object, name: string): void => {
    const owned = owner as Record<string, (...values: unknown[]) => unknown>;
    const own = owned[name]!;
    owned[name] = function (...values) {
      ask(name);
      return own.apply(this, values);
    };
  };
  wrap(IDBFactory.prototype, "open");
  wrap(IDBDatabase.prototype, "createObjectStore");
  wrap(IDBDatabase.prototype, "transaction");
}

/** Begins to open the app and holds it before that step; whether it came so far. */
async function openUntil(page: Page, at: number): Promise<boolean> {
  const reached = new Promise<boolean>((resolve) => {
    void page.route(`**${STEP}?*`, (route) => {
      if (new URL(route.request().url()).searchParams.get("at") === String(at)) return resolve(true);
      return route.fulfill({ status: 204 });
    });
  });
  // The worker has no program before it is told what to ask.
  let release = (): void => undefined;
  const isTold = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/hearth-worker-*.wasm", async (route) => {
    await isTold;
    await route.continue();
  });
  const started = page.waitForEvent("worker");
  await page.goto(STORES_ADDRESS);
  await (await started).evaluate(askBeforeEachStep, `${STORES_ADDRESS}${STEP}`);
  const opened = page.locator("#app [data-draft]").waitFor().then(() => false);
  release();
  return Promise.race([reached, opened.catch(() => true)]);
}

for (const file of readdirSync(STORES).filter((name) => name.endsWith(".tar.gz"))) {
  const name = file.replace(".tar.gz", "");
  test(`the store of ${name} opens, killed at each step of it, with a draft open and things to send`, async ({ folder }) => {
    test.setTimeout(240_000);
    const store = await unpackStore(name, folder);
    // Nothing is sent before all kills are over.
    const carrier = await Server.start(`${folder}/carrier`, null, [STORES_ADDRESS]);
    const options = { flags: flagsFor(carrier.portNumber), serviceWorkers: "block" as const };
    let kills = 0;
    for (let at = 1; ; at += STRIDE) {
      const phone = await Phone.start(folder, STORES_ADDRESS, options);
      await phone.page.route("**/api/**", (route) => route.abort());
      const isHeld = await openUntil(phone.page, at);
      await phone.kill();
      if (!isHeld) break;
      kills += 1;
    }
    await carrier.kill();
    expect(kills, "opening has more than twenty steps").toBeGreaterThan(20 / STRIDE);

    const server = await Server.start(folder, null, [STORES_ADDRESS]);
    const phone = await Phone.start(folder, STORES_ADDRESS, { flags: flagsFor(server.portNumber) });
    const app = new App(phone);
    await phone.open();
    await app.home.goOn(store.draft);
    await expect(app.make.words).toHaveValue(store.draft);
    await app.ours.open();
    await expect(app.ours.cards).toHaveCount(store.records.length);
    for (const { words, photo } of store.records) {
      await expect(app.ours.card(words)).toHaveCount(1);
      if (!photo) continue;
      await app.ours.openCard(words);
      await app.item.waitForPhoto(0);
      expect(createHash("sha256").update(await app.item.photoBytes(0)).digest("hex")).toBe(photo);
      await app.ours.open();
    }
    await phone.open("/bin");
    await expect(app.page.locator("#app").getByText(store.inBin)).toBeVisible();
    await phone.open("/people");
    await expect(app.people.standing).toContainText("The server has a locked copy of everything.", { timeout: 30_000 });
    await phone.stop();
    expect(phone.problems.list()).toEqual([]);
    await server.kill();
  });
}
