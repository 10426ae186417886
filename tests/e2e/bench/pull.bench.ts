import path from "node:path";
import type { Worker } from "@playwright/test";
import { App } from "../pages/app.ts";
import { expect, test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";
import { putRaw, putRawTogether } from "./floor.ts";
import { Host } from "./host.ts";
import { record } from "./record.ts";

const RECORDS = 10_000;
const TIMES = 3;

/** In the engine's worker: from its first exchange to the end of the last transaction that kept frames. */
function watchPull(): void {
  const pull = { start: 0, end: 0, frames: 0, transactions: 0 };
  const fetchNow = self.fetch;
  self.fetch = (input, init) => {
    if (String(input).endsWith("/api/exchange")) pull.start ||= performance.now();
    return fetchNow.call(self, input, init);
  };
  const putNow = IDBObjectStore.prototype.put;
  const watched = new WeakSet<IDBTransaction>();
  IDBObjectStore.prototype.put = function (...row: [unknown, IDBValidKey?]) {
    if (this.name === "frames") {
      pull.frames += 1;
      if (!watched.has(this.transaction)) {
        watched.add(this.transaction);
        this.transaction.addEventListener("complete", () => {
          pull.end = performance.now();
          pull.transactions += 1;
        });
      }
    }
    return putNow.apply(this, row);
  };
  Object.assign(self, { pull });
}

function readPull(worker: Worker): Promise<{ start: number; end: number; frames: number; transactions: number }> {
  return worker.evaluate(() => (self as unknown as { pull: { start: number; end: number; frames: number; transactions: number } }).pull);
}

/** One fresh profile comes in and pulls everything, in milliseconds. */
async function pullOnce(host: Host, guest: App): Promise<number> {
  await guest.join.followLink(await host.invite());
  await guest.join.accept("The tablet");
  await expect(async () => {
    await host.look();
    await expect(guest.join.pictures).toHaveCount(4, { timeout: 500 });
  }).toPass();
  const worker = guest.page.workers()[0]!;
  await worker.evaluate(watchPull);
  await guest.join.sayTheyAreTheSame();
  await expect(guest.join.stage("invite.open")).toBeVisible();
  await host.approve();
  await expect(guest.page.getByText(guest.word("join.inside"))).toBeVisible();
  // By a link of the page: another address would be another worker.
  await guest.bottomBar.getByRole("link", { name: guest.word("nav.ours") }).tap();
  await expect(guest.page.getByText(new RegExp(` ${RECORDS}$`))).toBeVisible();
  const pull = await readPull(worker);
  console.log(`${pull.frames} frames in ${pull.transactions} transactions, ${Math.round(pull.end - pull.start)} ms`);
  return pull.end - pull.start;
}

test("ten thousand records into a fresh browser", async ({ phone, server, folder }) => {
  const host = await Host.start(server.portNumber);
  const values: number[] = [];
  const floor: number[] = [];
  await phone.open();
  const single = await putRaw(phone.page, 30);
  console.log(`one row, strictly durable: ${single.sort((a, b) => a - b)[15]?.toFixed(1)} ms`);
  for (let time = 0; time < TIMES; time += 1) {
    const fresh = await Phone.start(path.join(folder, `fresh-${time}`), server.address);
    values.push(await pullOnce(host, new App(fresh)));
    floor.push(await putRawTogether(fresh.page, RECORDS));
    await fresh.stop();
    expect(fresh.problems.list()).toEqual([]);
  }
  await host.stop();
  record({ row: "browser-pull", values, floor });
});
