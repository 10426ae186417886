// Fetches one exact package from npm into a temporary folder; gives its path and a way to drop it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PUBLIC = new URL("../../../public/", import.meta.url).pathname;

export function fetchPackage(name, version) {
  const folder = mkdtempSync(join(tmpdir(), "hearth-assets-"));
  execFileSync("npm", ["install", "--silent", "--no-save", "--ignore-scripts", "--prefix", folder, `${name}@${version}`]);
  const path = join(folder, "node_modules", name);
  return {
    path,
    temporary: folder,
    read: (file) => readFileSync(join(path, file), "utf8"),
    drop: () => rmSync(folder, { recursive: true }),
  };
}
