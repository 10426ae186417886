// Everything that lies on a phone in a form that anybody with the phone's files could read.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { type Page, expect } from "@playwright/test";

/** One stored thing: where it lies, and every byte of it. */
export interface Stored {
  where: string;
  bytes: Buffer;
}

/** Every key and value of every IndexedDB, localStorage and sessionStorage of the page's origin, and its cached files' addresses. */
export async function readEverything(page: Page): Promise<Stored[]> {
  const rows = await page.evaluate(walkStorage);
  return rows.map(({ where, base64 }) => ({ where, bytes: Buffer.from(base64, "base64") }));
}

/** Until every saved change lies in a frame, where the app keeps it from then on. */
export async function waitUntilFramed(page: Page): Promise<void> {
  await expect.poll(async () => {
    const places = (await readEverything(page)).map(({ where }) => where);
    const [waiting, framed] = ["changes", "frames"].map((store) => places.some((place) => place.includes(`/${store} value`)));
    return { waiting, framed };
  }).toEqual({ waiting: false, framed: true });
}

/** Where the phrase is found, in any of the forms a careless program would leave it in. */
export function findPhrase(stored: Stored[], phrase: string): string[] {
  const found = new Set<string>();
  for (const { where, bytes } of stored) {
    for (const [form, needle] of formsOf(phrase)) {
      if (bytes.includes(needle)) found.add(`${where} as ${form}`);
    }
  }
  return [...found];
}

function formsOf(phrase: string): [string, Buffer][] {
  const utf8 = Buffer.from(phrase, "utf8");
  const utf16 = Buffer.from(phrase, "utf16le");
  const forms: [string, Buffer][] = [
    ["UTF-8", utf8],
    ["UTF-16, little end first", utf16],
    ["UTF-16, big end first", Buffer.from(utf16).swap16()],
    ["hex", Buffer.from(utf8.toString("hex"))],
    ["HEX", Buffer.from(utf8.toString("hex").toUpperCase())],
  ];
  // Base64 looks different at each of three offsets; the first and last letters depend on neighbours.
  for (const offset of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(offset), utf8]).toString("base64");
    const core = shifted.slice(Math.ceil((offset * 8) / 6), -4);
    forms.push([`base64 at ${offset}`, Buffer.from(core)]);
    forms.push([`base64url at ${offset}`, Buffer.from(core.replaceAll("+", "-").replaceAll("/", "_"))]);
  }
  return forms;
}

async function walkStorage(): Promise<{ where: string; base64: string }[]> {
  const rows: { where: string; base64: string }[] = [];
  const encoder = new TextEncoder();

  function add(where: string, bytes: Uint8Array): void {
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    rows.push({ where, base64: btoa(text) });
  }

  function utf16(text: string): Uint8Array {
    return new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
  }

  async function addValue(where: string, value: unknown): Promise<void> {
    if (value === null || value === undefined) return;
    if (typeof value === "string") {
      add(where, encoder.encode(value));
      add(where, utf16(value));
    } else if (value instanceof ArrayBuffer) add(where, new Uint8Array(value));
    else if (ArrayBuffer.isView(value)) add(where, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else if (value instanceof Blob) add(where, new Uint8Array(await value.arrayBuffer()));
    else if (Array.isArray(value)) for (const [i, part] of value.entries()) await addValue(`${where}[${i}]`, part);
    else if (value instanceof Map) for (const [key, part] of value) {
      await addValue(`${where} key`, key);
      await addValue(`${where} value`, part);
    }
    else if (typeof value === "object" && !(value instanceof CryptoKey)) {
      for (const [name, part] of Object.entries(value)) {
        add(`${where} name`, encoder.encode(name));
        await addValue(`${where}.${name}`, part);
      }
    } else add(where, encoder.encode(String(value)));
  }

  function answer<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function addDatabase(name: string): Promise<void> {
    add(`database name ${name}`, encoder.encode(name));
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(objects.getAllKeys()), answer(objects.getAll())]);
      for (const [i, key] of keys.entries()) {
        await addValue(`${name}/${store} key ${i}`, key);
        await addValue(`${name}/${store} value ${i}`, values[i]);
      }
    }
    database.close();
  }

  for (const { name } of await indexedDB.databases()) if (name) await addDatabase(name);
  for (const [kind, storage] of [["localStorage", localStorage], ["sessionStorage", sessionStorage]] as const) {
    for (const [key, value] of Object.entries(storage)) await addValue(`${kind} ${key}`, `${key}=${value}`);
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) await addValue(`cache ${name}`, request.url);
  }
  await addValue("address", location.href);
  await addValue("history state", JSON.stringify(history.state));
  return rows;
}

/** Every file of a folder as it lies there, such as a browser's profile. */
export async function readFiles(folder: string): Promise<Stored[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return Promise.all(files.map(async (where) => ({ where: path.relative(folder, where), bytes: await readFile(where) })));
}
