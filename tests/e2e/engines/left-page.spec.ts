// A page that was left may be kept by the browser for the way back; it must not keep anything else.
import { expect } from "@playwright/test";
import type { Hand } from "./support/hand.ts";
import { ENGINES, needs, test } from "./support/fixtures.ts";
import { expectOnce, rest, tell } from "./support/steps.ts";

for (const engine of ENGINES) {
  test(`${engine}: a page that was left gives up the line and the store, and begins anew when it comes back`, async ({ server, startPhone }) => {
    needs(engine);
    const phone = await startPhone(engine);
    await phone.open();
    await phone.sees({ css: "html[data-offline=ready]" });
    // An empty phone without a server has nothing to do by itself: its worker is at rest when it is left.
    await server.kill();
    await hasTheLineAlone(phone);
    for (const address of ["/settings", "/ours"]) {
      await rest(phone);
      await phone.load(address);
      await hasTheLineAlone(phone);
    }
    await rest(phone);
    await phone.browser.evaluate(() => history.back(), null);
    await phone.sees({ css: "#app h1", name: phone.word("settings.title") });
    await hasTheLineAlone(phone);
    await tell(phone, "We fed the ducks.");
    await expectOnce(phone, ["We fed the ducks."]);
  });
}

/** One worker has the line, and none waits for it. */
async function hasTheLineAlone(phone: Hand): Promise<void> {
  const locks = () =>
    phone.browser.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return [held, pending].map((all) => all.filter(({ name }) => name?.startsWith("hearth-line")).length);
    }, null);
  await expect.poll(locks).toEqual([1, 0]);
}
