// What kinds, fields and choices are called. The words come from the language file where it is
// here, and else from the page itself, so that the page works when nothing else does.

import { readSheet } from "./sheet.js";

export const KINDS = { 2: "kind.story", 3: "kind.feedback", 4: "kind.achievement", 6: "rescue.note", 10: "kind.handout" };
export const FIELDS = {
  2: { 4: "story.words", 16: "story.who", 17: "story.feeling", 18: "story.helped", 19: "story.way" },
  3: { 4: "feedback.words", 16: "feedback.sort", 17: "feedback.to" },
  4: { 4: "achievement.words", 16: "achievement.place", 17: "achievement.led", 18: "achievement.help" },
  6: { 4: "rescue.note" },
  10: { 4: "handout.words", 16: "handout.to", 17: "handout.sheet" },
};

// Of the language file, under their whole names; null where it is not at hand.
export async function loadWords(language) {
  try {
    const parts = await (await fetch(`/i18n/${language}.json`)).json();
    const named = ([first, words]) => Object.entries(words).map(([rest, text]) => [`${first}.${rest}`, text]);
    return Object.fromEntries(Object.entries(parts).flatMap(named));
  } catch {
    return null;
  }
}

export class Words {
  constructor(language, loaded, onPage) {
    this.language = language;
    this.loaded = loaded;
    this.onPage = onPage;
  }

  get(key, parts = {}) {
    const word = this.loaded[key] ?? this.onPage(key) ?? key;
    return word.replace(/\{(\w+)\}/g, (_, name) => String(parts[name] ?? ""));
  }

  has(key) {
    return Boolean(this.loaded[key] ?? this.onPage(key));
  }

  kind(kind) {
    return this.get(KINDS[kind] ?? "item.newer");
  }

  // [question, answer, every other version of it] for each field with something in it.
  answers({ kind, fields, also = new Map() }) {
    const asked = new Set([...fields.keys(), ...also.keys()]);
    return [...asked]
      .filter((field) => field === 4 || field >= 16)
      .sort((one, other) => Number(one) - Number(other))
      .map((field) => {
        const question = FIELDS[kind]?.[field];
        const others = (also.get(field) ?? []).map((version) => ({ ...version, text: this.answer(question, version.value) }));
        return [question ? this.get(question) : String(field), this.answer(question, fields.get(field) ?? ""), others];
      })
      .filter(([, answer, others]) => answer !== "" || others.length > 0);
  }

  // A choice in words; a code from a later build as itself.
  answer(question, value) {
    if (typeof value !== "string") return typeof value === "object" ? "…" : String(value);
    if (question === FIELDS[10][17]) return this.sheet(value);
    const choice = `${question}.${value}`;
    return question && this.has(choice) ? this.get(choice) : value;
  }

  // What stands on a page to hand over, a part below the other. Its photos are the record's photos.
  sheet(text) {
    const title = (kind) => this.get(this.has(`kind.${kind}`) ? `kind.${kind}` : "item.newer");
    const part = ({ kind, lines }) => [title(kind), ...lines.filter(({ isShown, blob }) => isShown && !blob).map(({ text }) => text)].join("\n");
    return readSheet(text).map(part).join("\n\n");
  }

  day(days) {
    if (days === null) return this.get("rescue.no_day");
    const date = new Date(Number(days) * 86_400_000);
    return this.format(date, { dateStyle: "full", timeZone: "UTC" });
  }

  time(millis) {
    return this.format(new Date(millis), { dateStyle: "long", timeStyle: "short" });
  }

  format(date, how) {
    return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat(this.language === "ur" ? "ur-PK" : "en-GB", how).format(date);
  }
}
