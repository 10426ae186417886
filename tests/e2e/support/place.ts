// Where things are. `cargo xtask` names them; without it, the usual places of a release build.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
const cargoTarget = process.env.CARGO_TARGET_DIR ?? path.join(caches, "hearth/target");

export const place = {
  root,
  server: process.env.HEARTH_SERVER ?? path.join(cargoTarget, "release/hearth-server"),
  wire: process.env.HEARTH_WIRE ?? path.join(cargoTarget, "release/hearth-wire"),
  dist: process.env.HEARTH_DIST ?? path.join(root, "target/dist"),
  xtask: process.env.HEARTH_XTASK ?? path.join(cargoTarget, "debug/xtask"),
  screens: process.env.HEARTH_SCREENS ?? path.join(root, "target/e2e/screens.json"),
  results: process.env.HEARTH_RESULTS ?? path.join(root, "target/e2e"),
  chromium: process.env.HEARTH_CHROMIUM ?? "/usr/bin/chromium",
  firefox: process.env.HEARTH_FIREFOX ?? "/usr/bin/firefox-esr",
  /** What WebKitGTK needs: its driver, what runs the browser around it, and a screen. */
  webkitDriver: process.env.HEARTH_WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver",
  gjs: process.env.HEARTH_GJS ?? "/usr/bin/gjs",
  xvfb: process.env.HEARTH_XVFB ?? "/usr/bin/Xvfb",
};

/** A folder under the results, made when missing. */
export function resultsFolder(name: string): string {
  const folder = path.join(place.results, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Real input that may lie beside the checkout; null where it does not. */
export function realInput(name: string): Buffer | null {
  const file = path.join(root, "../shared", name);
  return existsSync(file) ? readFileSync(file) : null;
}
