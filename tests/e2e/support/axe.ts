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
  const mistakes = await ask(new AxeBuilder({ page: app.page }), name);
  if (theme === "dark") return mistakes;
  return [...mistakes, ...(await darken(app, name)), ...(await squeeze(app, name))];
}

async function ask(axe: AxeBuilder, name: string): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id} at ${node.target.join(" ")}`));
}

/** The dark theme has other colours, and differs in nothing else. */
async function darken(app: App, name: string): Promise<string[]> {
  const html = app.page.locator("html");
  await html.evaluate((html) => html.setAttribute("data-theme", "dark"));
  const mistakes = await ask(new AxeBuilder({ page: app.page }).withRules("color-contrast"), `${name}, dark`);
  await html.evaluate((html) => html.setAttribute("data-theme", "light"));
  return mistakes;
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
