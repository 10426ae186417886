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
      await phone.open(address);
      await expect.poll(() => locks(phone)).toEqual({ held: 1, pending: 0 });
    }
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
