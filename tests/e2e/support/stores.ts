// Stores that earlier builds made, kept as they were, with the server's data of that day.
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { place } from "./place.ts";

const run = promisify(execFile);
export const STORES = path.join(place.root, "tests/e2e/stores");
const KEPT = ["profile/Default/IndexedDB", "profile/Default/Local Storage", "hearth.sqlite", "hearth.sqlite.journal"];

/** A browser keeps a store under the address that it was opened at, so all of them have this one. */
export const STORES_ADDRESS = "http://localhost:7999";

/** What somebody saw on the phone on that day. */
export interface KeptStore {
  /** Words of what was saved, and whether the server had it, and the hash of what a photo shows. */
  records: { words: string; isSent: boolean; photo: string | null }[];
  inBin: string;
  children: string[];
  /** What had not been saved. */
  draft: string;
}

/** Flags of a browser for which that address is the server on this port. */
export function flagsFor(port: number): string[] {
  return [`--host-resolver-rules=MAP ${new URL(STORES_ADDRESS).host} 127.0.0.1:${port}`];
}

export async function packStore(name: string, folder: string): Promise<void> {
  await run("tar", ["--exclude=LOG*", "--exclude=LOCK", "--owner=0", "--group=0", "-czf", path.join(STORES, `${name}.tar.gz`), "-C", folder, ...KEPT]);
}

export async function unpackStore(name: string, folder: string): Promise<KeptStore> {
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", path.join(STORES, `${name}.tar.gz`), "-C", folder]);
  return JSON.parse(await readFile(path.join(STORES, `${name}.json`), "utf8")) as KeptStore;
}
