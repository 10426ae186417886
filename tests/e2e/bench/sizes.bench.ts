// Counts what the server really sends, at a relay in front of it: a page's own tools do not see
// what its workers fetch.
import { createServer, request } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { App } from "../pages/app.ts";
import { test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";
import { record } from "./record.ts";

test("bytes of the first load and of the whole offline copy", async ({ server, folder }) => {
  let sent = 0;
  // What comes after Home can be pressed (journeys/shell.spec.ts holds that it waits), and what the
  // browser fetches for itself.
  let behind = 0;
  // What a first visit has and the offline copy has not: its own program, and the icons that the
  // browser fetches for the home screen.
  let beside = 0;
  // A page that is asked for twice, by the visit and for the copy, lies there once.
  const known = new Set<string>();
  const relay = createServer((asked, answer) => {
    const onward = request({ port: server.portNumber, host: "127.0.0.1", path: asked.url, method: asked.method, headers: asked.headers });
    const isBeside = known.has(asked.url ?? "") || /hearth-first-|\/icons\/.*png$/.test(asked.url ?? "");
    known.add(asked.url ?? "");
    onward.on("response", (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.on("data", (part: Buffer) => {
        sent += part.length;
        if (/worker|\/icons\/|manifest/.test(asked.url ?? "")) behind += part.length;
        if (isBeside) beside += part.length;
      });
      got.pipe(answer);
    });
    onward.end();
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const home = `http://localhost:${(relay.address() as AddressInfo).port}`;

  const first = await Phone.start(`${folder}/first`, home, { serviceWorkers: "block" });
  await first.open();
  await new App(first).home.waitUntilShown();
  await expect.poll(() => first.page.evaluate(() => document.fonts.status)).toBe("loaded");
  record({ row: "first-load", values: [sent - behind] });
  record({ row: "first-visit", values: [sent] });
  await first.stop();

  sent = beside = 0;
  known.clear();
  const whole = await Phone.start(`${folder}/whole`, home);
  await whole.open();
  await new App(whole).waitUntilOffline();
  record({ row: "precache", values: [sent - beside] });
  record({ row: "until-offline", values: [sent] });
  await whole.stop();
  relay.close();
});
