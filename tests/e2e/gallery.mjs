// Serves the gallery: node tests/e2e/gallery.mjs [port], then /?screen=home&lang=ur&theme=dark&text=200
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const ROOT = new URL("../../", import.meta.url).pathname;
const TYPES = { ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png", ".js": "text/javascript" };
const STYLES = ["tokens", "base", "layout", "components", "forms", "records", "print"];
const SAMPLE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#9fd3e6"/><circle cx="3" cy=".8" r=".4" fill="#ffd97a"/><path d="M0 3 1.4 1.4 2.2 2.2 3 1.6 4 3Z" fill="#4e8f6a"/></svg>')}`;

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname === "/") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(drawGallery(searchParams));
    return;
  }
  const path = normalize(pathname);
  try {
    const file = readFileSync(join(ROOT, path.startsWith("/style/") ? path : join("public", path)));
    response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain");
    response.end(file);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(Number(process.argv[2] ?? 8790), () => console.log("Gallery is up"));

function drawGallery(wish) {
  const language = wish.get("lang") === "ur" ? "ur" : "en";
  const parts = readFileSync(join(ROOT, "tests/e2e/gallery.html"), "utf8").split(/<!-- screen: (\w+) -->/);
  const names = parts.filter((_, i) => i % 2 === 1);
  const name = names.includes(wish.get("screen")) ? wish.get("screen") : names[0];
  const screen = (which) => parts[parts.indexOf(which) + 1];
  const bar = screen("home").slice(screen("home").indexOf("<nav"));
  const body = screen(name)
    .replace("NAV", bar)
    .replaceAll("SAMPLE", SAMPLE)
    .replace(/\{\{([^|}]*)\|([^}]*)\}\}/g, (_, english, urdu) => (language === "ur" ? urdu : english));
  const theme = wish.get("theme") ? ` data-theme="${wish.get("theme") === "dark" ? "dark" : "light"}"` : "";
  const text = Number(wish.get("text") ?? 100);
  return `<!doctype html><html lang="${language}" dir="${language === "ur" ? "rtl" : "ltr"}"${theme} data-text="${text}" data-app="ready"><head><meta charset="utf-8"><title>${name}</title><meta name="viewport" content="width=device-width, initial-scale=1">${STYLES.map((style) => `<link rel="stylesheet" href="/style/${style}.css">`).join("")}</head><body><div id="app" class="screen">${body}</div></body></html>`;
}
