// What the browser's own store takes, with nothing of ours in between.
import type { Page } from "@playwright/test";

/** One small row, strictly durable, with nothing of ours in between. */
export function putRaw(page: Page, times: number): Promise<number[]> {
  return page.evaluate(async (times) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open("floor");
      open.onupgradeneeded = () => open.result.createObjectStore("rows");
      open.onsuccess = () => resolve(open.result);
    });
    const spans: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const start = performance.now();
      const transaction = database.transaction("rows", "readwrite", { durability: "strict" });
      transaction.objectStore("rows").put(new Uint8Array(500), i);
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      spans.push(performance.now() - start);
    }
    database.close();
    return spans;
  }, times);
}

/** So many rows of 500 bytes in one strictly durable transaction. */
export function putRawTogether(page: Page, rows: number): Promise<number> {
  return page.evaluate(async (rows) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open("floor-together");
      open.onupgradeneeded = () => open.result.createObjectStore("rows");
      open.onsuccess = () => resolve(open.result);
    });
    const start = performance.now();
    const transaction = database.transaction("rows", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("rows");
    for (let i = 0; i < rows; i += 1) store.put(new Uint8Array(500), i);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    const span = performance.now() - start;
    database.close();
    return span;
  }, rows);
}
