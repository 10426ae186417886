// One phone in each engine, alone: what it said was saved or kept is there after SIGKILL, with no server.
import { expect } from "@playwright/test";
import { ENGINES, needs, test } from "./support/fixtures.ts";
import { FIELD, FORM, beginStory, expectOnce, save } from "./support/steps.ts";

for (const engine of ENGINES) {
  test(`${engine}, killed after a save and while typing, opens without a server and has both`, async ({ server, startPhone }) => {
    needs(engine);
    const phone = await startPhone(engine);
    await phone.open();
    await phone.sees({ css: "html[data-offline=ready]" });
    await phone.press({ css: "#app a", text: phone.word("shell.story") });
    await phone.write(FIELD, "We fed the ducks.");
    await save(phone);
    await phone.browser.kill();
    await server.kill();

    await phone.browser.start();
    await expectOnce(phone, ["We fed the ducks."]);

    const kept = "He said it twice. ";
    const more = "Then he pointed at the moon, and at the lamp, and at me, and laughed out loud. ".repeat(4);
    await beginStory(phone, kept);
    const typing = phone.browser.type(more).catch(() => "the browser is gone");
    await expect.poll(async () => (await phone.value(FIELD)).length, { intervals: [0] }).toBeGreaterThan(kept.length + 5);
    const seen = (await phone.value(FIELD)).length;
    await phone.browser.kill();
    await typing;
    expect(seen, "in the middle of it").toBeLessThan(kept.length + more.length);

    await phone.browser.start();
    await phone.open();
    await phone.press({ css: "#app [data-draft]", text: kept.trim() });
    await phone.sees({ css: FORM });
    const back = await phone.value(FIELD);
    expect((kept + more).startsWith(back), back).toBe(true);
    expect(back.length).toBeGreaterThanOrEqual(kept.length);
    await save(phone);
    await expectOnce(phone, ["We fed the ducks.", back.slice(0, 17)]);
  });
}
