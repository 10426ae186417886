// What every one of these journeys starts with: a folder, a server, and as many phones as it likes,
// ended afterwards whatever happened.
import { accessSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base } from "@playwright/test";
import { Line } from "../../support/line.ts";
import { place } from "../../support/place.ts";
import { Server } from "../../support/server.ts";
import { Firefox } from "./firefox.ts";
import { Hand } from "./hand.ts";
import { WebKit } from "./webkit.ts";

export const ENGINES = ["Firefox", "WebKitGTK"] as const;
export type Engine = (typeof ENGINES)[number];

const NEEDS: Record<Engine, string[]> = {
  Firefox: [place.firefox],
  WebKitGTK: [place.webkitDriver, place.gjs, place.xvfb],
};

interface Fixtures {
  /** A folder for this test alone. */
  folder: string;
  server: Server;
  /** A phone with nothing on it; `line` is what it goes through. */
  startPhone: (engine: Engine, line?: Line) => Promise<Hand>;
  /** A line to the server that the test holds. */
  line: Line;
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "hearth-engines-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  server: async ({ folder }, use) => {
    const server = await Server.start(folder);
    await use(server);
    await server.kill();
  },

  line: async ({ server }, use) => {
    const line = await Line.open(server.portNumber);
    await use(line);
    await line.close();
  },

  startPhone: async ({ folder, server }, use, info) => {
    const started: Hand[] = [];
    await use(async (engine, line) => {
      const profile = path.join(folder, `phone-${started.length}`);
      const browser = new (engine === "Firefox" ? Firefox : WebKit)(profile, line?.portNumber ?? null);
      const hand = new Hand(browser, server.address);
      started.push(hand);
      await browser.start();
      info.annotations.push({ type: "engine", description: browser.version });
      return hand;
    });
    for (const { browser } of started) await browser.stop();
  },
});

/** Under CI a missing engine is a failure, elsewhere a skipped test. */
export function needs(...engines: Engine[]): void {
  const missing = engines.filter((engine) => !NEEDS[engine].every(isThere));
  test.skip(missing.length > 0 && process.env.CI !== "true", `${missing.join(" and ")} is not on this machine`);
}

function isThere(program: string): boolean {
  try {
    accessSync(program);
    return true;
  } catch {
    return false;
  }
}
