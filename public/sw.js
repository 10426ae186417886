// Keeps one complete version of the app on the phone. A version is whole or not there:
// an install that misses a byte fails, and the version before it keeps serving.
// People's words never come here: they live in IndexedDB.
"use strict";

// The build writes this line: {version, files: [{url, sha256}]}.
const PRECACHE = /*__PRECACHE__*/ {version:"dev",files:[]};

const PREFIX = "hearth-shell-";
const CACHE = PREFIX + PRECACHE.version;
const FILES = new Set(PRECACHE.files.map((file) => file.url));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  // The new version waits until somebody presses "Use it now", or until no page is open.
  if (event.data === "skip-waiting") self.skipWaiting();
  if (event.data === "take-shared") handOver(event.ports[0]);
});
self.addEventListener("fetch", (event) => {
  if (isShare(event.request)) return event.respondWith(takeShared(event));
  const file = fileFor(event.request);
  if (file) event.respondWith(serve(file, event.request));
});

async function install() {
  try {
    const cache = await caches.open(CACHE);
    const answers = await Promise.all(PRECACHE.files.map(fetchChecked));
    await Promise.all(answers.map((answer, i) => cache.put(PRECACHE.files[i].url, answer)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function fetchChecked({ url, sha256 }) {
  // "no-cache" asks the server about each file, but an unchanged one costs no data twice.
  const answer = await fetch(new Request(url, { cache: "no-cache" }));
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  // A server updated half-way through an install would otherwise mix two versions.
  const bytes = await answer.clone().arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256) throw new Error(`${url}: another version`);
  // Browsers refuse a redirected answer for a page.
  return answer.redirected ? new Response(bytes, { headers: answer.headers }) : answer;
}

function hex(digest) {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// What another app shares with the installed one. It lies in memory only, until the form that the
// answer leads to asks for it: nothing of it is at rest before the vault has it, sealed.
let shared = null;
let handedOver = () => {};
const A_MINUTE = 60_000;

function isShare({ method, url }) {
  const { origin, pathname } = new URL(url);
  return method === "POST" && origin === self.location.origin && pathname === "/share";
}

async function takeShared(event) {
  // An idle worker ends within seconds, and with it what it holds.
  event.waitUntil(new Promise((resolve) => {
    handedOver = resolve;
    setTimeout(resolve, A_MINUTE);
  }));
  const form = await event.request.formData();
  const texts = ["title", "text", "url"].map((name) => form.get(name)).filter((text) => typeof text === "string" && text);
  const files = form.getAll("photos").filter((file) => typeof file !== "string");
  shared = { text: texts.join("\n"), files };
  return Response.redirect(new URL("/make/story?shared", self.location.origin), 303);
}

function handOver(port) {
  port.postMessage(shared);
  shared = null;
  handedOver();
}

// Which kept file answers this request; null leaves it to the network.
function fileFor(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return null;
  if (pathname === "/api" || pathname.startsWith("/api/") || pathname === "/healthz") return null;
  if (FILES.has(pathname)) return pathname;
  if (request.mode !== "navigate") return null;
  if (pathname === "/rescue") return "/rescue.html";
  // Every other page is drawn by the app itself; a name with a dot is a file we do not keep.
  return pathname.slice(pathname.lastIndexOf("/")).includes(".") ? null : "/index.html";
}

async function serve(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}
