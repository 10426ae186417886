import AxeBuilder from "@axe-core/playwright";
import type { App } from "../pages/app.ts";
import { expect, test } from "../support/fixtures.ts";
import { fillPhone } from "../support/family.ts";
import { type Looks, sidewaysScroll, wear } from "../support/looks.ts";
import { PAGE_OBJECTS, listScreens, openScreen } from "../support/screens.ts";
import { EMPTY, STATIC, USED } from "../support/views.ts";
import { LANGUAGES } from "../support/words.ts";

test("every screen of the route enum has a page object, and no page object is left over", () => {
  expect(Object.keys(PAGE_OBJECTS).sort()).toEqual(listScreens().map(({ name }) => name).sort());
});

for (const language of ["en", "ur"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test.describe(`${language}, ${theme}`, () => {
      test.slow();

      test("axe finds nothing wrong on any screen or state, and none runs over its side", async ({ phone, app }) => {
        const looks: Looks = { language, theme, text: 100 };
        const mistakes: string[] = [];
        app.language = language;
        await wear(phone, looks);
        for (const view of EMPTY) {
          await view.show(app, { story: "", feedback: "" });
          mistakes.push(...(await examine(app, view.name, looks)));
        }
        const family = await fillPhone(app);
        for (const screen of listScreens()) {
          await openScreen(app, screen, family.story);
          mistakes.push(...(await examine(app, screen.name, looks)));
        }
        for (const view of [...USED, ...STATIC]) {
          await view.show(app, family);
          mistakes.push(...(await examine(app, view.name, looks)));
          await view.leave?.(app);
        }
        expect(mistakes).toEqual([]);
      });
    });
  }
}

async function examine(app: App, name: string, { language, theme }: Looks): Promise<string[]> {
  const html = app.page.locator("html");
  await expect(html).toHaveAttribute("lang", language);
  await expect(html).toHaveAttribute("dir", LANGUAGES[language]);
  await expect(html).toHaveAttribute("data-theme", theme);
  const { violations } = await new AxeBuilder({ page: app.page }).analyze();
  const mistakes = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id} at ${node.target.join(" ")}`));
  return theme === "light" ? [...mistakes, ...(await squeeze(app, name))] : mistakes;
}

/** The narrowest phone, at the usual and at the largest text. */
async function squeeze(app: App, name: string): Promise<string[]> {
  const mistakes: string[] = [];
  await app.page.setViewportSize({ width: 320, height: 640 });
  for (const text of ["100", "200"]) {
    await app.page.locator("html").evaluate((html, text) => html.setAttribute("data-text", text), text);
    const over = await sidewaysScroll(app.phone);
    if (over > 0) mistakes.push(`${name}: ${over} px too wide at 320 px and ${text} % text`);
  }
  await app.page.locator("html").evaluate((html) => html.setAttribute("data-text", "100"));
  await app.page.setViewportSize({ width: 360, height: 740 });
  return mistakes;
}
