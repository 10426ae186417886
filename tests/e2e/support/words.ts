// The app's own words, so that a page object names a button as a person reads it in that language.
import { readFileSync } from "node:fs";
import path from "node:path";
import { place } from "./place.ts";

export type Language = "en" | "ur";
export const LANGUAGES: Record<Language, "ltr" | "rtl"> = { en: "ltr", ur: "rtl" };

const loaded = new Map<Language, Record<string, string>>();

/** The words of a key. Fails on a key that the app does not have. */
export function words(key: string, language: Language = "en", values: Record<string, string> = {}): string {
  const found = wordsOf(language)[key];
  if (found === undefined) throw new Error(`${language}.json has no '${key}'`);
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), found);
}

export function wordsOf(language: Language): Record<string, string> {
  const file = path.join(place.root, "src/app/i18n", `${language}.json`);
  const known = loaded.get(language) ?? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
  loaded.set(language, known);
  return known;
}
