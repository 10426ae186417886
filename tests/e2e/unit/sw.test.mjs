// Runs public/sw.js with caches and a network of our own.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const ORIGIN = "https://hearth.test";
const SOURCE = readFileSync(new URL("../../../public/sw.js", import.meta.url), "utf8");
const MARKER = 'const PRECACHE = /*__PRECACHE__*/ {version:"dev",files:[]};';
const FILES = { "/index.html": "<app>", "/rescue.html": "<rescue>", "/app-1.js": "app", "/i18n/en.json": "{}" };

test("carries the marker line that the build fills", () => {
  assert.equal(SOURCE.split("\n").filter((line) => line === MARKER).length, 1);
});

test("keeps every listed file, asking the server about each, and does not push itself forward", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  assert.deepEqual([...phone.caches.get("hearth-shell-1").keys()].sort(), Object.keys(FILES).sort());
  assert.ok(phone.asked.every(({ cache }) => cache === "no-cache"));
  assert.equal(phone.skipped, 0);
});

test("an install that misses a file leaves nothing behind and the older version whole", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  const { "/app-1.js": gone, ...served } = FILES;
  await assert.rejects(phone.install("2", FILES, served), /app-1\.js: 404/);
  assert.deepEqual([...phone.caches.keys()], ["hearth-shell-1"]);
});

test("an install that meets a file of another version fails", async () => {
  const phone = makePhone();
  await assert.rejects(phone.install("1", FILES, { ...FILES, "/app-1.js": "newer" }), /another version/);
  assert.deepEqual([...phone.caches.keys()], []);
});

test("an install without network fails and leaves the older version whole", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  await assert.rejects(phone.install("2", FILES, null), /offline/);
  assert.deepEqual([...phone.caches.keys()], ["hearth-shell-1"]);
});

test("a redirected file is kept as a plain one", async () => {
  const phone = makePhone();
  phone.redirects = true;
  await phone.install("1", FILES);
  const kept = phone.caches.get("hearth-shell-1").get("/index.html");
  assert.equal(kept.redirected, false);
  assert.equal(await kept.text(), "<app>");
});

test("activating drops older versions of ours only, then takes the open pages", async () => {
  const phone = makePhone();
  phone.caches.set("somebody-else", new Map());
  await phone.install("1", FILES);
  await phone.install("2", FILES);
  await phone.send("activate");
  assert.deepEqual([...phone.caches.keys()].sort(), ["hearth-shell-2", "somebody-else"]);
  assert.equal(phone.claimed, 1);
});

test("moves forward only when told to", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  phone.handlers.message({ data: "something else" });
  assert.equal(phone.skipped, 0);
  phone.handlers.message({ data: "skip-waiting" });
  assert.equal(phone.skipped, 1);
});

test("answers without network from the kept version", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  phone.served = null;
  for (const [path, mode, body] of [
    ["/", "navigate", "<app>"],
    ["/make/story", "navigate", "<app>"],
    ["/records/1?from=home", "navigate", "<app>"],
    ["/rescue", "navigate", "<rescue>"],
    ["/rescue.html", "navigate", "<rescue>"],
    ["/app-1.js", "cors", "app"],
    ["/i18n/en.json", "cors", "{}"],
  ]) {
    assert.equal(await phone.fetch(path, { mode }), body, path);
  }
});

test("leaves to the network what it does not keep", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  for (const [path, options] of [
    ["/api/server", {}],
    ["/api/server", { mode: "navigate" }],
    ["/api", { mode: "navigate" }],
    ["/healthz", { mode: "navigate" }],
    ["/version.json", {}],
    ["/version.json", { mode: "navigate" }],
    ["/app-1.js", { method: "HEAD" }],
    ["/", { method: "POST", mode: "navigate" }],
    ["https://elsewhere.test/app-1.js", {}],
  ]) {
    assert.equal(await phone.fetch(path, options), undefined, path);
  }
});

test("a kept file that the browser dropped comes from the network", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  phone.caches.get("hearth-shell-1").delete("/app-1.js");
  assert.equal(await phone.fetch("/app-1.js"), "app");
});

test("what another app shares goes to the form that it opens, once, and nowhere else", async () => {
  const phone = makePhone();
  await phone.install("1", FILES);
  phone.asked.length = 0;
  const form = new FormData();
  form.set("text", "At the pool");
  form.set("url", "https://pool.test/");
  form.append("photos", new File(["jpeg"], "a.jpg", { type: "image/jpeg" }));
  const { answer, isDone } = phone.share(form);
  assert.equal((await answer).status, 303);
  assert.equal((await answer).headers.get("location"), `${ORIGIN}/make/story?shared`);
  assert.equal(await phone.isOver(isDone), false, "the worker is kept until the form has it");
  const { text, files } = await phone.ask("take-shared");
  assert.equal(text, "At the pool\nhttps://pool.test/");
  assert.deepEqual(files.map((file) => file.name), ["a.jpg"]);
  await isDone;
  assert.equal(await phone.ask("take-shared"), null);
  assert.deepEqual(phone.asked, [], "the network heard nothing of it");
  assert.deepEqual([...phone.caches.keys()], ["hearth-shell-1"], "and no cache");
});

// A phone whose caches outlive one service worker; install() runs a build of it.
function makePhone() {
  const phone = { caches: new Map(), asked: [], skipped: 0, claimed: 0, redirects: false };
  const openCache = (name) => {
    if (!phone.caches.has(name)) phone.caches.set(name, new Map());
    const entries = phone.caches.get(name);
    return { put: async (url, answer) => void entries.set(url, answer), match: async (url) => entries.get(url)?.clone() };
  };
  class Asked {
    constructor(url, { cache } = {}) {
      Object.assign(this, { url: new URL(url, ORIGIN).href, cache });
    }
  }
  const fetchServed = async (request) => {
    phone.asked.push(request);
    if (!phone.served) throw new TypeError("offline");
    const { pathname } = new URL(request.url, ORIGIN);
    const body = phone.served[pathname];
    const answer = new Response(body ?? "", { status: body === undefined ? 404 : 200 });
    if (phone.redirects) Object.defineProperty(answer, "redirected", { value: true });
    return answer;
  };
  phone.install = (version, files, served = files) => {
    phone.served = served;
    phone.handlers = {};
    const list = Object.entries(files).map(([url, body]) => ({ url, sha256: createHash("sha256").update(body).digest("hex") }));
    const self = {
      addEventListener: (kind, handler) => { phone.handlers[kind] = handler; },
      skipWaiting: () => { phone.skipped += 1; },
      clients: { claim: async () => { phone.claimed += 1; } },
      location: new URL(ORIGIN),
    };
    const caches = {
      open: async (name) => openCache(name),
      keys: async () => [...phone.caches.keys()],
      delete: async (name) => phone.caches.delete(name),
    };
    const built = SOURCE.replace(MARKER, MARKER.replace('{version:"dev",files:[]}', JSON.stringify({ version, files: list })));
    vm.runInNewContext(built, { self, caches, fetch: fetchServed, Request: Asked, Response, URL, crypto, Set, Uint8Array, setTimeout: () => 0 });
    return phone.send("install");
  };
  phone.send = async (kind) => {
    let work;
    phone.handlers[kind]({ waitUntil: (promise) => { work = promise; } });
    await work;
  };
  phone.fetch = async (path, { method = "GET", mode = "cors" } = {}) => {
    let answer;
    const request = { url: new URL(path, ORIGIN).href, method, mode };
    phone.handlers.fetch({ request, respondWith: (promise) => { answer = promise; } });
    return answer && (await (await answer).text());
  };
  phone.share = (form) => {
    let [answer, isDone] = [];
    const request = { url: `${ORIGIN}/share`, method: "POST", mode: "navigate", formData: async () => form };
    phone.handlers.fetch({
      request,
      respondWith: (promise) => { answer = promise; },
      waitUntil: (promise) => { isDone = promise; },
    });
    return { answer, isDone };
  };
  phone.ask = (data) => new Promise((resolve) => phone.handlers.message({ data, ports: [{ postMessage: resolve }] }));
  phone.isOver = (promise) => Promise.race([promise.then(() => true), new Promise((resolve) => { setImmediate(() => resolve(false)); })]);
  return phone;
}
