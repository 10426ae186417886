// Looks at the screen that stands: axe, its language and direction, and whether it fits the
// narrowest phone.
import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import type { App } from "../pages/app.ts";
import { type Looks, sidewaysScroll } from "./looks.ts";
import { LANGUAGES } from "./words.ts";

/** What is wrong with it, a line each. */
export async function examine(app: App, name: string, { language, theme }: Looks): Promise<string[]> {
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
