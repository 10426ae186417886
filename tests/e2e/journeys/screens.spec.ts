import { examine } from "../support/axe.ts";
import { expect, test } from "../support/fixtures.ts";
import { fillPhone } from "../support/family.ts";
import { LOOKS, wear } from "../support/looks.ts";
import { PAGE_OBJECTS, listScreens, openScreen } from "../support/screens.ts";
import { EMPTY, IN_THE_WAY, LAST, STATIC, USED } from "../support/views.ts";

test("every screen of the route enum has a page object, and no page object is left over", () => {
  expect(Object.keys(PAGE_OBJECTS).sort()).toEqual(listScreens().map(({ name }) => name).sort());
});

for (const looks of LOOKS) {
  test(`axe finds nothing wrong on any screen or state, and none runs over its side: ${looks.language}, ${looks.theme}`, async ({ phone, app, server, folder }) => {
    // Some seventy states, axe and four widths each.
    test.setTimeout(420_000);
    const ground = { server, folder };
    const mistakes: string[] = [];
    app.language = looks.language;
    await wear(phone, looks);
    for (const view of EMPTY) {
      await view.show(app, { story: "", feedback: "" }, ground);
      mistakes.push(...(await examine(app, view.name, looks)));
    }
    const family = await fillPhone(app);
    for (const screen of listScreens()) {
      await openScreen(app, screen, family.story);
      mistakes.push(...(await examine(app, screen.name, looks)));
    }
    for (const view of [...USED, ...STATIC, ...IN_THE_WAY, ...LAST]) {
      await view.show(app, family, ground);
      mistakes.push(...(await examine(app, view.name, looks)));
      await view.leave?.(app);
    }
    expect(mistakes).toEqual([]);
  });
}
