// Makes public/fonts again: Atkinson Hyperlegible Next (OFL-1.1), cut down to what our words need.
//   node src/tools/assets/fonts.mjs        (Node, npm, and Python 3 with venv)
// A font's file name carries a number because servers keep fonts for a year: raise it when a file changes.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fetchPackage, PUBLIC } from "./npm.mjs";

const EDITION = 1;
// Basic Latin, Latin-1, and the punctuation and arrows that our sentences use.
const LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2212";
const PARTS = [
  { subset: "latin", suffix: "", unicodes: LATIN },
  // Polish, Romanian, Turkish names and the like: fetched only when such a letter is on the screen.
  { subset: "latin-ext", suffix: "-ext", unicodes: "U+0100-024F,U+1E00-1EFF" },
];

const font = fetchPackage("@fontsource/atkinson-hyperlegible-next", "5.3.0");
const python = join(font.temporary, "venv", "bin");
execFileSync("python3", ["-m", "venv", join(font.temporary, "venv")]);
execFileSync(join(python, "pip"), ["install", "--quiet", "fonttools==4.60.1", "brotli==1.1.0"]);
mkdirSync(join(PUBLIC, "fonts"), { recursive: true });
for (const weight of [400, 700]) {
  for (const { subset, suffix, unicodes } of PARTS) {
    execFileSync(join(python, "pyftsubset"), [
      join(font.path, "files", `atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`),
      `--unicodes=${unicodes}`,
      "--flavor=woff2",
      "--layout-features=kern,liga,mark,mkmk,ccmp,locl",
      `--output-file=${join(PUBLIC, "fonts", `atkinson-next-${weight}${suffix}.${EDITION}.woff2`)}`,
    ]);
  }
}
copyFileSync(join(font.path, "LICENSE"), join(PUBLIC, "fonts", "OFL.txt"));
font.drop();
