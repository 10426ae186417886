// Makes public/icons again: the house with a fire in it, as SVG and as the PNG sizes that phones ask for.
//   CHROMIUM=/usr/bin/chromium node src/tools/assets/marks.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PUBLIC } from "./npm.mjs";

const HOUSE = `
  <path d="M256 112 412 240v148a28 28 0 0 1-28 28H128a28 28 0 0 1-28-28V240Z" fill="#FFF6E6" stroke="#FFF6E6" stroke-width="36" stroke-linejoin="round"/>
  <path d="M164 434V322a92 92 0 0 1 184 0v112Z" fill="#06403B"/>
  <path d="M262 246c8 34 62 62 62 116a68 68 0 0 1-136 0c0-30 16-50 34-68 2 18 10 28 20 32-4-30 2-58 20-80Z" fill="#F2913D"/>
  <path d="M258 330c6 18 28 30 28 56a30 30 0 0 1-60 0c0-14 8-24 16-32 2 8 6 12 10 14-2-14 0-26 6-38Z" fill="#FFD97A"/>`;
const GROUND = "#0B6B63";

const folder = mkdtempSync(join(tmpdir(), "hearth-marks-"));
mkdirSync(join(PUBLIC, "icons"), { recursive: true });
const mark = drawMark({ corner: 116, scale: 1 });
writeFileSync(join(PUBLIC, "icons", "favicon.svg"), `${mark}\n`);
render("app-192.png", mark, 192);
render("app-512.png", mark, 512);
// Phones cut these to their own shape: the ground goes to the edge and the house stays in the safe middle.
render("app-maskable-512.png", drawMark({ corner: 0, scale: 0.8 }), 512);
render("apple-touch-180.png", drawMark({ corner: 0, scale: 0.94 }), 180);
rmSync(folder, { recursive: true });

function drawMark({ corner, scale }) {
  const shift = 256 - 256 * scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${corner}" fill="${GROUND}"/>
<g transform="translate(${shift} ${shift - 8}) scale(${scale})">${HOUSE}
</g></svg>`;
}

function render(name, svg, size) {
  const page = join(folder, "mark.html");
  writeFileSync(page, `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  execFileSync(process.env.CHROMIUM ?? "chromium", [
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--default-background-color=00000000",
    `--window-size=${size},${size}`,
    `--screenshot=${join(PUBLIC, "icons", name)}`, `file://${page}`,
  ], { stdio: "ignore" });
}
