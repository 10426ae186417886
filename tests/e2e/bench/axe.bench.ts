import AxeBuilder from "@axe-core/playwright";
import { fillPhone } from "../support/family.ts";
import { test } from "../support/fixtures.ts";
import { listScreens, openScreen } from "../support/screens.ts";
import { record } from "./record.ts";

test("axe violations over all screens", async ({ phone, app }) => {
  const family = await fillPhone(app);
  let violations = 0;
  for (const screen of listScreens()) {
    await openScreen(app, screen, family.story);
    violations += (await new AxeBuilder({ page: phone.page }).analyze()).violations.length;
  }
  record({ row: "axe", values: [violations] });
});
