// Makes public/icons.svg again from icons.txt: one sprite, outside the wasm, so it is fetched and kept once.
//   node src/tools/assets/icons.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchPackage, PUBLIC } from "./npm.mjs";

const phosphor = fetchPackage("@phosphor-icons/core", "2.1.1");
const symbols = readFileSync(new URL("icons.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map(drawSymbol);
const licence = phosphor.read("LICENSE").trim();
const sprite = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Phosphor Icons, MIT: icons.LICENSE.txt -->\n${symbols.join("\n")}\n</svg>\n`;
writeFileSync(join(PUBLIC, "icons.svg"), sprite);
writeFileSync(join(PUBLIC, "icons.LICENSE.txt"), `${licence}\n`);
phosphor.drop();

function drawSymbol(line) {
  const [name, style] = line.split(" ");
  // Phosphor has no calm face: a wink would say something else.
  if (style === "own") return wrap(name, readFileSync(new URL(`own/${name}.svg`, import.meta.url), "utf8"));
  const file = style ? `${name}-${style}` : name;
  return wrap(file, phosphor.read(`assets/${style ?? "regular"}/${file}.svg`));
}

function wrap(file, svg) {
  const body = svg.replace(/^<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${file}" viewBox="0 0 256 256">${body}</symbol>`;
}
