// A store made by hand from docs/store-format.md, and the rescue page's own files as modules.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { openZip } from "../../reader/zip.mjs";

export const ROOT = new URL("../../../", import.meta.url).pathname;
// A copy that Node takes for modules; the deployed tree carries no package.json.
const folder = mkdtempSync(join(tmpdir(), "hearth-rescue-"));
after(() => rmSync(folder, { recursive: true }));
for (const part of ["rescue-parts", "vendor"]) cpSync(join(ROOT, "public", part), join(folder, part), { recursive: true });
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
export const load = (file) => import(join(folder, "rescue-parts", file));
export const { xchacha20poly1305 } = await import(join(folder, "vendor", "xchacha20poly1305.js"));
const { openSealed } = await load("vault.js");
const { makePage, makeZip } = await load("export.js");

export const utf8 = (text) => new TextEncoder().encode(text);
export const unhex = (hex) => new Uint8Array(Buffer.from(hex, "hex"));

export function emptyRows() {
  return { meta: new Map(), changes: new Map(), drafts: new Map(), blobs: new Map(), circles: new Map(), frames: new Map() };
}

export function stubVault(keys, rows) {
  const find = (store, key) => [...rows[store]].find(([known]) => String(known) === String(new Uint8Array(key)))?.[1];
  return {
    database: { name: `hearth-vault-${"0".repeat(32)}` },
    isLocked: !keys,
    rowKeys: async (store) => [...rows[store].keys()].map((key) => new Uint8Array(key).buffer),
    sealedRow: async (store, key) => find(store, key),
    openRow: async (store, key) => keys && openSealed(keys[store], store, new Uint8Array(key), find(store, key)),
  };
}

export function seal(keys, store, key, plain) {
  const nonce = crypto.getRandomValues(new Uint8Array(24));
  const place = new Uint8Array([...utf8(store), 0, ...key]);
  return new Uint8Array([1, ...nonce, ...xchacha20poly1305(keys[store], nonce, place).encrypt(plain)]);
}

/** The two copies of a vault: the zip's files, its data read, and the page with the photos in it. */
export async function copy(inventory, words, tell = () => {}) {
  const made = new Date("2026-11-23T09:00:00Z");
  const zip = await makeZip([inventory], words, made, tell);
  const page = await (await makePage([inventory], words, made)).text();
  const files = openZip(Buffer.from(await zip.arrayBuffer()));
  return { files, html: files.get("index.html").toString(), json: JSON.parse(files.get("hearth.json")), page };
}

export function id(n) {
  return new Uint8Array(16).fill(n);
}

export function encodeChange(kind, entity, hlc, patch) {
  return encode([1, kind, id(entity), hlc, new Map(Object.entries(patch).map(([field, value]) => [Number(field), value]))]);
}

export function encode(value) {
  if (value === true) return new Uint8Array([0xf5]);
  if (value === null) return new Uint8Array([0xf6]);
  if (typeof value === "number" || typeof value === "bigint") return head(0, value);
  if (typeof value === "string") return concat(head(3, utf8(value).length), utf8(value));
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (Array.isArray(value)) return concat(head(4, value.length), ...value.map(encode));
  return concat(head(5, value.size), ...[...value].flatMap((entry) => entry.map(encode)));
}

function head(major, count) {
  const n = BigInt(count);
  const size = [24n, 256n, 65_536n, 4_294_967_296n].findIndex((limit) => n < limit);
  if (size === 0) return new Uint8Array([(major << 5) | Number(n)]);
  const bytes = size === -1 ? 8 : 2 ** (size - 1);
  return unhex(((major << 5) | (24 + Math.log2(bytes))).toString(16).padStart(2, "0") + n.toString(16).padStart(bytes * 2, "0"));
}

export function concat(...parts) {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
