import { fillPhone } from "../support/family.ts";
import { test } from "../support/fixtures.ts";
import { wear } from "../support/looks.ts";
import { PAIR, startPair } from "../support/pair.ts";
import { listScreens, openScreen } from "../support/screens.ts";
import { EMPTY, STATIC, USED } from "../support/views.ts";
import { Sheet } from "./sheet.ts";
import { VARIANTS } from "./variants.ts";

for (const variant of VARIANTS) {
  test(`every screen and state at ${variant.name}`, async ({ phone, app, folder }) => {
    const sheet = await Sheet.begin(variant.name, variant.width);
    app.language = variant.looks.language;
    await wear(phone, variant.looks);
    await phone.page.setViewportSize({ width: variant.width, height: 740 });
    for (const view of EMPTY) {
      await view.show(app, { story: "", feedback: "" });
      await sheet.draw(phone.page, view.name);
    }
    const family = await fillPhone(app);
    for (const screen of listScreens()) {
      await openScreen(app, screen, family.story);
      await sheet.draw(phone.page, screen.name);
    }
    for (const view of [...USED, ...STATIC]) {
      await view.show(app, family);
      await sheet.draw(phone.page, view.name);
      await view.leave?.(app);
    }
    const pair = await startPair(app, folder, variant.looks);
    await pair.guest.page.setViewportSize({ width: variant.width, height: 740 });
    for (const view of PAIR) {
      await view.show(pair);
      await sheet.draw(pair[view.on].page, view.name);
    }
    await pair.guest.phone.stop();
    await sheet.compose(phone);
  });
}
