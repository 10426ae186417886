// A phone whose line to the server the test holds, and what must be on it at the end.
import path from "node:path";
import { expect } from "@playwright/test";
import { App } from "../pages/app.ts";
import { bringIn } from "./circle.ts";
import { Line } from "./line.ts";
import { Phone } from "./phone.ts";
import type { Server } from "./server.ts";

export const EXCHANGE = "/api/exchange";
export const LIVE = "/api/live";
export const BLOB_PUT = "/api/blob/put";
export const BLOB_GET = "/api/blob/get";

export interface OnLine {
  app: App;
  line: Line;
}

export async function startOnLine(folder: string, server: Server, name = "on-a-line"): Promise<OnLine> {
  const line = await Line.open(server.portNumber);
  const phone = await Phone.start(path.join(folder, name), server.address, { flags: line.flags });
  return { app: new App(phone), line };
}

/** What the one who begins has told before anything goes wrong. */
export const BEFORE = "Begun before.";

/** The same in one circle with `reader`, who was invited from it. */
export async function startWithReader(folder: string, server: Server, reader: App): Promise<OnLine> {
  const held = await startOnLine(folder, server);
  await held.app.tell("story", { words: BEFORE });
  await bringIn(held.app, reader);
  return held;
}

/** The same in one circle with `teller`, who invited it. */
export async function startWithTeller(folder: string, server: Server, teller: App, whom: "mine" | "other" = "mine"): Promise<OnLine> {
  const held = await startOnLine(folder, server);
  await teller.tell("story", { words: BEFORE });
  await bringIn(teller, held.app, whom);
  return held;
}

/** Ends it; nothing may have gone wrong in the background. */
export async function end({ app, line }: OnLine): Promise<void> {
  await app.phone.stop();
  await line.close();
  expect(app.phone.problems.list()).toEqual([]);
}

/** Each of these is in the list once, and nothing else is. */
export async function expectOnce(app: App, told: string[]): Promise<void> {
  await app.ours.open();
  for (const words of told) await expect(app.ours.card(words), words).toHaveCount(1, { timeout: 30_000 });
  await expect(app.ours.cards, "and nothing else").toHaveCount(told.length);
}
