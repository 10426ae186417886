import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { fillPhone } from "../support/family.ts";
import { test } from "../support/fixtures.ts";
import { record } from "./record.ts";
import { slowDown } from "./slow.ts";

const TIMES = 7;

/** When the page could be read, and when Home could be used, in milliseconds from its start. */
interface Start {
  painted: number;
  usable: number;
}

function watchStart(): void {
  const done = new MutationObserver(() => {
    if (document.documentElement?.dataset.app !== "ready" || !document.querySelector("#app [data-record]")) return;
    done.disconnect();
    // Two frames: the first is on its way, the second shows it.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("usable")));
  });
  done.observe(document, { subtree: true, childList: true, attributes: true });
}

async function readStart(page: Page): Promise<Start> {
  await page.waitForFunction(() => performance.getEntriesByName("usable").length > 0);
  return page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    usable: performance.getEntriesByName("usable")[0]!.startTime,
  }));
}

test("cold offline start", async ({ phone, server, app }) => {
  await fillPhone(app);
  await app.waitUntilOffline();
  await server.kill();
  const bare = createServer((_request, response) => response.setHeader("content-type", "text/html").end("<!doctype html><h1>Bare</h1>"));
  bare.listen(0, "127.0.0.1");
  await once(bare, "listening");
  const starts: Start[] = [];
  const floor: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await phone.stop();
    await phone.startAgain();
    await phone.context.addInitScript(watchStart);
    await slowDown(phone.page);
    await phone.open();
    starts.push(await readStart(phone.page));
    floor.push(await paintBare(phone.page, `http://localhost:${(bare.address() as AddressInfo).port}/`));
  }
  bare.close();
  record({ row: "offline-painted", values: starts.map(({ painted }) => painted), floor });
  record({ row: "offline-usable", values: starts.map(({ usable }) => usable), floor });
});

async function paintBare(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  return page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]!.startTime);
}
