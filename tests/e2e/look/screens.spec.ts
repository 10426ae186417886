import { fillPhone } from "../support/family.ts";
import { test } from "../support/fixtures.ts";
import { wear } from "../support/looks.ts";
import { PAIR, startPair } from "../support/pair.ts";
import { listScreens, openScreen } from "../support/screens.ts";
import { EMPTY, IN_THE_WAY, LAST, STATIC, USED } from "../support/views.ts";
import { Sheet } from "./sheet.ts";
import { VARIANTS } from "./variants.ts";

for (const variant of VARIANTS) {
  test(`every screen and state at ${variant.name}`, async ({ phone, app, server, folder }) => {
    const ground = { server, folder };
    const sheet = await Sheet.begin(variant.name, variant.width);
    app.language = variant.looks.language;
    await wear(phone, variant.looks);
    await phone.page.setViewportSize({ width: variant.width, height: 740 });
    for (const view of EMPTY) {
      await view.show(app, { story: "", feedback: "" }, ground);
      await sheet.draw(phone.page, view.name);
    }
    const family = await fillPhone(app);
    for (const screen of listScreens()) {
      await openScreen(app, screen, family.story);
      await sheet.draw(phone.page, screen.name);
    }
    for (const view of [...USED, ...STATIC, ...IN_THE_WAY]) {
      await view.show(app, family, ground);
      await sheet.draw(phone.page, view.name);
      await view.leave?.(app);
    }
    const pair = await startPair(app, folder, variant.looks);
    for (const { page } of [pair.guest, pair.late]) await page.setViewportSize({ width: variant.width, height: 740 });
    for (const view of PAIR) {
      await view.show(pair);
      await sheet.draw(pair[view.on].page, view.name);
    }
    for (const { phone } of [pair.guest, pair.late]) await phone.stop();
    for (const view of LAST) {
      await view.show(app, family, ground);
      await sheet.draw(phone.page, view.name);
      await view.leave?.(app);
    }
    await sheet.compose(phone);
  });
}
