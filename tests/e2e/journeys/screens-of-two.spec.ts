import { expect, test } from "../support/fixtures.ts";
import { examine } from "../support/axe.ts";
import { LOOKS, wear } from "../support/looks.ts";
import { PAIR, startPair } from "../support/pair.ts";

for (const looks of LOOKS) {
  test(`from an invite to a shared circle axe finds nothing wrong: ${looks.language}, ${looks.theme}`, async ({ app, folder }) => {
    // Some twenty states on three phones.
    test.setTimeout(420_000);
    app.language = looks.language;
    await wear(app.phone, looks);
    const pair = await startPair(app, folder, looks);
    const mistakes: string[] = [];
    for (const view of PAIR) {
      await test.step(view.name, async () => {
        await view.show(pair);
        mistakes.push(...(await examine(pair[view.on], view.name, looks)));
      });
    }
    expect(mistakes).toEqual([]);
    for (const { phone } of [pair.guest, pair.late]) {
      await phone.stop();
      expect(phone.problems.list()).toEqual([]);
    }
  });
}
