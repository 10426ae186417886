// Makes public/vendor/xchacha20poly1305.js again from @noble/ciphers (MIT): the one cipher that the
// rescue page needs and browsers do not have. Bundled, not minified, so that it can be read.
//   node src/tools/assets/noble.mjs
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchPackage, PUBLIC } from "./npm.mjs";

const VERSION = "2.4.0";
const noble = fetchPackage("@noble/ciphers", VERSION);
const esbuild = fetchPackage("esbuild", "0.25.12");
const vendor = join(PUBLIC, "vendor");
mkdirSync(vendor, { recursive: true });
const entry = join(noble.temporary, "entry.mjs");
writeFileSync(entry, 'export { xchacha20poly1305 } from "@noble/ciphers/chacha.js";\n');
execFileSync("node", [
  join(esbuild.path, "bin", "esbuild"), entry, "--bundle", "--format=esm", "--target=es2020", "--legal-comments=none",
  `--banner:js=/*! @noble/ciphers ${VERSION}, MIT: xchacha20poly1305.LICENSE.txt. Made by src/tools/assets/noble.mjs. */`,
  `--outfile=${join(vendor, "xchacha20poly1305.js")}`,
], { cwd: noble.temporary, stdio: "ignore" });
copyFileSync(join(noble.path, "LICENSE"), join(vendor, "xchacha20poly1305.LICENSE.txt"));
noble.drop();
esbuild.drop();
