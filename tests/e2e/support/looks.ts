// How a screen may look: what a person chooses in Settings, set before the first paint.
import type { Phone } from "./phone.ts";
import type { Language } from "./words.ts";

export interface Looks {
  language: Language;
  theme: "light" | "dark";
  text: 100 | 150 | 200;
}

/** Holds for every page that this phone opens from now on. */
export async function wear(phone: Phone, looks: Looks): Promise<void> {
  await phone.context.addInitScript((chosen) => {
    localStorage.setItem("hearth.settings", JSON.stringify(chosen));
  }, looks);
}

/** How far the page runs over its side; 0 is as it should be. */
export function sidewaysScroll(phone: Phone): Promise<number> {
  return phone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
