// The next version of the app: the same files under another label, so that nothing is compiled twice.
import { execFile } from "node:child_process";
import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { place } from "./place.ts";

const run = promisify(execFile);

export interface Version {
  folder: string;
  /** As it stands in version.json. */
  name: string;
}

export async function makeVersion(folder: string, label: string): Promise<Version> {
  const copy = path.join(folder, label);
  await cp(place.dist, copy, { recursive: true });
  await run(place.xtask, ["precache", copy, "--label", label], { cwd: place.root }).catch((failure: { stdout: string }) => {
    throw new Error(`the next version was not made:\n${failure.stdout}`);
  });
  return { folder: copy, name: await versionOf(copy) };
}

/** The same, but one file that it promises is not there. */
export async function makeBrokenVersion(folder: string, label: string): Promise<Version> {
  const version = await makeVersion(folder, label);
  for (const ending of ["", ".br", ".gz"]) {
    await rm(path.join(version.folder, `icons.svg${ending}`), { force: true });
  }
  return version;
}

export async function versionOf(folder: string): Promise<string> {
  const text = await readFile(path.join(folder, "version.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** What a phone does when a person comes back to it: it looks for a new version. */
export function comeBack(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
}
