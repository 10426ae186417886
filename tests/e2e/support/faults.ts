// Faults of a phone's storage, by the browser's own means where it has some, else by a patch of the
// engine's own world.
import type { Page, Worker } from "@playwright/test";
import type { Phone } from "./phone.ts";

/** As a browser does that is short of room: under open tabs too. Settings stay. */
export async function clearStore(phone: Phone): Promise<void> {
  const session = await phone.context.newCDPSession(phone.page);
  const origin = new URL(phone.home).origin;
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await session.detach();
}

/** Bytes that the app takes now. */
export function usedRoom(page: Page): Promise<number> {
  return page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
}

/** Where the app's engine runs. */
export function engine(page: Page): Worker {
  const found = page.workers().find((worker) => worker.url().endsWith("/worker-start.js"));
  if (!found) throw new Error("the page has no engine");
  return found;
}

/** The engine's script from now on begins with this function. */
export async function startEngineWith(phone: Phone, patch: () => void): Promise<void> {
  await phone.context.route("**/worker-start.js", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `(${patch})();\n${await answer.text()}` });
  });
}

/** No transaction begins any more, as when the browser's database process is gone for good. */
export function loseConnections(page: Page, times: number): Promise<void> {
  return engine(page).evaluate((lost) => {
    const begin = IDBDatabase.prototype.transaction;
    let left = lost;
    IDBDatabase.prototype.transaction = function (...all) {
      if (left === 0) return begin.apply(this, all);
      left -= 1;
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    };
  }, times);
}

/** The next writing transactions are undone after their requests went well. */
export function abortWrites(page: Page, times: number): Promise<void> {
  return engine(page).evaluate((count) => {
    const put = IDBObjectStore.prototype.put;
    let left = count;
    IDBObjectStore.prototype.put = function (...all) {
      const request = put.apply(this, all);
      if (left > 0) {
        left -= 1;
        request.addEventListener("success", () => this.transaction.abort());
      }
      return request;
    };
  }, times);
}

/** Turns one bit in the last byte of so many rows of a table, behind the app's back; how many there are. */
export function damageRows(page: Page, table: string, count: number): Promise<number> {
  return page.evaluate(
    async ([name, most]) => {
      const answer = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const [found] = (await indexedDB.databases()).filter((each) => each.name?.startsWith("hearth-vault-"));
      const database = await answer(indexedDB.open(found?.name ?? ""));
      const transaction = database.transaction(name, "readwrite");
      const rows = transaction.objectStore(name);
      const keys = await answer(rows.getAllKeys());
      for (const key of keys.slice(0, most)) {
        const value = (await answer(rows.get(key))) as Uint8Array;
        value[value.length - 1] = (value[value.length - 1] ?? 0) ^ 1;
        await answer(rows.put(value, key));
      }
      await new Promise((resolve) => transaction.addEventListener("complete", resolve));
      database.close();
      return keys.length;
    },
    [table, count] as const,
  );
}

/** Another tab has a newer Hearth, which moves the store on. Ends when the app let go of it. */
export function upgradeStore(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter((each) => each.name?.startsWith("hearth-vault-"));
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(found?.name ?? "", (found?.version ?? 0) + 1);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
  });
}
