// Runs public/boot.js over a page of our own: look, language, the floor, and what a crash may say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../../public/boot.js", import.meta.url), "utf8");

test("takes look and language from the settings, and directions with them", async () => {
  const page = await boot({ settings: { language: "ur", theme: "dark", text: 150 } });
  assert.deepEqual([page.root.lang, page.root.dir], ["ur", "rtl"]);
  assert.deepEqual([page.attributes["data-theme"], page.attributes["data-text"]], ["dark", 150]);
  assert.deepEqual(page.bars.map(({ media }) => media), ["not all", "all"]);
});

test("without settings follows the phone: the first language we speak, and its own colours", async () => {
  for (const [languages, lang] of [[["ur-PK", "en"], "ur"], [["fr", "en-GB", "ur"], "en"], [["fr"], "en"]]) {
    const page = await boot({ languages });
    assert.equal(page.root.lang, lang);
    assert.equal("data-theme" in page.attributes, false);
    assert.equal(page.attributes["data-text"], 100);
  }
});

test("settings that cannot be read change nothing", async () => {
  const page = await boot({ stored: "{broken" });
  assert.deepEqual([page.root.lang, page.attributes["data-app"]], ["en", "loading"]);
  const odd = await boot({ settings: { language: "xx", theme: "pink", text: 9000 } });
  assert.deepEqual([odd.root.lang, odd.attributes["data-text"], "data-theme" in odd.attributes], ["en", 200, false]);
});

test("fills the page's words from the language file, and falls back to English when it does not come", async () => {
  const page = await boot({ settings: { language: "ur" } });
  await page.window.hearth.words;
  assert.equal(page.marked.textContent, "ur:shell.title");
  const poor = await boot({ settings: { language: "ur" }, lost: ["ur"] });
  assert.deepEqual({ ...(await poor.window.hearth.words) }, { "shell.title": "en:shell.title" });
  assert.deepEqual([poor.root.lang, poor.root.dir], ["en", "ltr"]);
});

test("the app hears when no language file comes at all", async () => {
  const page = await boot({ lost: ["en"] });
  await assert.rejects(page.window.hearth.words, /words: 404/);
});

test("an address without https shows its page, even where parts are missing for that reason", async () => {
  const page = await boot({ isSecureContext: false, lacks: ["serviceWorker", "crypto"] });
  assert.equal(page.attributes["data-app"], "insecure");
  assert.equal(page.elements.insecure.hidden, false);
});

test("each missing part shows the page for old browsers and names the part", async () => {
  for (const [lacks, name] of [["WebAssembly", "WebAssembly"], ["indexedDB", "IndexedDB"], ["serviceWorker", "service worker"], ["crypto", "WebCrypto"], ["Worker", "Worker"], ["OffscreenCanvas", "OffscreenCanvas"], ["locks", "Web Locks"]]) {
    const page = await boot({ lacks: [lacks] });
    assert.equal(page.attributes["data-app"], "old", lacks);
    assert.match(page.elements["old-browser"].details.textContent, new RegExp(name));
  }
});

test("what stands until the app is there goes when it is, and an app that never came leaves nothing to press", async () => {
  const page = await boot({});
  page.elements.app.textContent = "Home";
  page.window.hearth.ready();
  assert.deepEqual([page.shell.isGone, page.elements.app.textContent], [true, "Home"]);
  const old = await boot({ lacks: ["Worker"] });
  assert.deepEqual([old.shell.isGone, old.elements.app.textContent], [false, ""]);
});

test("a crash shows what was kept, and its details hold no words of anybody's", async () => {
  const page = await boot({});
  page.window.hearth.ready();
  page.window.hearth.kept("We went swimming");
  page.window.hearth.panicked("panicked at src/core/day/mod.rs:12:5:\nbyte index 3 is inside 'é' of `Sam cried at school`");
  const { crash } = page.elements;
  assert.equal(page.attributes["data-app"], "broken");
  assert.deepEqual([crash.hidden, page.elements.app.hidden, page.elements["crash-kept-line"].hidden], [false, true, false]);
  assert.equal(page.elements["crash-kept"].textContent, "We went swimming");
  assert.equal(crash.details.textContent, "src/core/day/mod.rs:12:5\nen\nTest browser");
  assert.equal(crash.focused, true);
});

test("a wasm trap that no hook reported is a crash; another script's error is not", async () => {
  const page = await boot({});
  page.window.hearth.ready();
  page.window.listeners.error({ error: new TypeError("not ours") });
  assert.equal(page.attributes["data-app"], "ready");
  page.window.listeners.unhandledrejection({ reason: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(page.attributes["data-app"], "broken");
});

test("the first static page stays", async () => {
  const page = await boot({});
  page.window.hearth.panicked("src/a.rs:1:1");
  page.window.hearth.failed("later");
  page.window.hearth.ready();
  assert.equal(page.attributes["data-app"], "broken");
  assert.equal(page.elements["load-failed"].hidden, true);
});

async function boot({ settings, stored, languages = ["en-GB"], lost = [], lacks = [], isSecureContext = true }) {
  const attributes = { "data-app": "loading" };
  const root = {
    getAttribute: (name) => attributes[name] ?? null,
    setAttribute: (name, value) => { attributes[name] = value; },
    removeAttribute: (name) => { delete attributes[name]; },
  };
  const bars = ["light", "dark"].map((bar) => ({ media: "", getAttribute: () => bar }));
  const marked = { textContent: "English", getAttribute: () => "shell.title" };
  const shell = { isGone: false, remove: () => { shell.isGone = true; } };
  const elements = Object.fromEntries(["app", "insecure", "old-browser", "load-failed", "crash", "crash-kept", "crash-kept-line"].map((id) => [id, makeElement()]));
  const navigator = { languages, userAgent: "Test browser", serviceWorker: {}, locks: {} };
  const window = {
    listeners: {},
    addEventListener: (kind, handler) => { window.listeners[kind] = handler; },
    isSecureContext, indexedDB: {}, crypto: { subtle: {} }, Worker: {}, OffscreenCanvas: {}, createImageBitmap: {}, WebAssembly, Promise,
    fetch: async (url) => {
      const language = url.slice(6, 8);
      return { ok: !lost.includes(language), status: 404, json: async () => ({ shell: { title: `${language}:shell.title` } }) };
    },
  };
  for (const part of lacks) {
    delete window[part];
    delete navigator[part];
  }
  const document = {
    documentElement: root,
    readyState: "complete",
    addEventListener: () => {},
    getElementById: (id) => elements[id] ?? null,
    querySelectorAll: (selector) => ({ "meta[data-bar]": bars, "[data-t]": [marked], "[data-shell]": [shell] })[selector],
  };
  const localStorage = { getItem: () => stored ?? (settings ? JSON.stringify(settings) : null) };
  vm.runInNewContext(SOURCE, { ...window, window, document, navigator, localStorage, location: { pathname: "/" }, WebAssembly: window.WebAssembly });
  return { root, attributes, bars, marked, shell, elements, window };
}

function makeElement() {
  const details = { textContent: "" };
  const element = { hidden: true, textContent: "", details, focused: false };
  element.querySelector = (selector) => (selector === "h1" ? { focus: () => { element.focused = true; } } : details);
  return element;
}
