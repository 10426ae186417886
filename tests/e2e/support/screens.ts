// The app's screens as its route enum lists them, each with its page object. A screen that has
// none fails the run.
import { readFileSync } from "node:fs";
import type { App } from "../pages/app.ts";
import type { Screen } from "../pages/screen.ts";
import { place } from "./place.ts";

export interface Listed {
  name: string;
  /** An address, with `{id}` where a record's id goes. */
  example: string;
  /** Whether a first visit's own program has it. */
  is_first: boolean;
}

export const PAGE_OBJECTS: Record<string, (app: App) => Screen> = {
  home: (app) => app.home,
  make: (app) => app.makeMenu,
  "make-story": (app) => app.make,
  "make-feedback": (app) => app.make,
  "make-achievement": (app) => app.make,
  "hand-over": (app) => app.handOver,
  edit: (app) => app.make,
  // Of a record that is no page it goes to where that is changed.
  "edit-page": (app) => app.make,
  saved: (app) => app.saved,
  ours: (app) => app.ours,
  item: (app) => app.item,
  earlier: (app) => app.earlier,
  bin: (app) => app.bin,
  children: (app) => app.children,
  people: (app) => app.people,
  invite: (app) => app.invite,
  move: (app) => app.moving,
  join: (app) => app.join,
  backup: (app) => app.backup,
  restore: (app) => app.restore,
  "restore-words": (app) => app.restoreWords,
  words: (app) => app.words,
  leave: (app) => app.leave,
  settings: (app) => app.settings,
  help: (app) => app.help,
  "not-found": (app) => app.notFound,
};

export function listScreens(): Listed[] {
  return JSON.parse(readFileSync(place.screens, "utf8")) as Listed[];
}

/** Opens a screen of the enum; `record` is the id of a saved record. */
export async function openScreen(app: App, listed: Listed, record: string): Promise<Screen> {
  const make = PAGE_OBJECTS[listed.name];
  if (!make) throw new Error(`the screen '${listed.name}' has no page object`);
  await app.phone.open(listed.example.replace("{id}", record));
  const screen = make(app);
  await screen.waitUntilShown();
  return screen;
}
