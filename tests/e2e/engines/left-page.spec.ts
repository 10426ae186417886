// A page that was left may be kept by the browser for the way back; it must not keep anything else.
import { expect } from "@playwright/test";
import type { Hand } from "./support/hand.ts";
import { ENGINES, needs, test } from "./support/fixtures.ts";
import { tell } from "./support/steps.ts";

for (const engine of ENGINES) {
  test(`${engine}: a page that was left gives up the line and the store, and begins anew when it comes back`, async ({ startPhone }) => {
    needs(engine);
    const phone = await startPhone(engine);
    await tell(phone, "We fed the ducks.");
    for (const address of ["/settings", "/ours"]) {
      await rest(phone);
      await phone.load(address);
      await expect.poll(() => locks(phone)).toEqual({ held: 1, pending: 0 });
    }
    await rest(phone);
    await phone.browser.evaluate(() => history.back(), null);
    await phone.sees({ css: "#app h1", name: phone.word("settings.title") });
    await expect.poll(() => locks(phone)).toEqual({ held: 1, pending: 0 });
    await phone.open("/ours");
    await phone.seesJust({ css: "#app [data-record]", text: "We fed the ducks." }, 1);
  });
}

/** How many workers have the line, and how many wait for it. */
function locks(phone: Hand): Promise<{ held: number; pending: number }> {
  return phone.browser.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return { held: held.length, pending: pending.length };
  }, null);
}

/** Until the worker has had many turns at the store. WebKit never ends a transaction whose worker goes
 *  before it begins, so leaving in the middle of one shows nothing of ours (docs/browsers.md). */
async function rest(phone: Hand): Promise<void> {
  await phone.browser.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    const database = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (let turn = 0; turn < 60; turn += 1) {
      await new Promise<void>((resolve) => {
        const transaction = database.transaction([...database.objectStoreNames], "readwrite");
        transaction.oncomplete = () => resolve();
      });
    }
    database.close();
  }, null);
}
