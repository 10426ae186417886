// How a screen may look: what a person chooses in Settings, set before the first paint.
import type { Phone } from "./phone.ts";
import type { Language } from "./words.ts";

export interface Looks {
  language: Language;
  theme: "light" | "dark";
  text: 100 | 150 | 200;
}

const LANGUAGES = ["en", "ur"] as const;
const THEMES = ["light", "dark"] as const;

/** The looks in which every state is examined: a language each, which looks at the dark colours too; in a soak each theme from its first paint. */
export const LOOKS: readonly Looks[] = LANGUAGES.flatMap((language) =>
  THEMES.filter((theme) => theme === "light" || process.env.HEARTH_SOAK).map((theme) => ({ language, theme, text: 100 as const })),
);

/** Holds for every page that this phone opens from now on. */
export async function wear(phone: Phone, looks: Looks): Promise<void> {
  await phone.context.addInitScript((chosen) => {
    // Axe opens a blank page of its own, which has no storage.
    if (location.protocol === "about:") return;
    // Settings belong to a vault: on an empty phone the first one gets this name.
    localStorage["hearth.vault"] ??= "5e".repeat(16);
    localStorage.setItem(`hearth.settings.${localStorage["hearth.vault"]}`, JSON.stringify(chosen));
  }, looks);
}

/** How far the page runs over its side; 0 is as it should be. */
export function sidewaysScroll(phone: Phone): Promise<number> {
  return phone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
