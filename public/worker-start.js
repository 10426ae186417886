// The worker's doorstep: takes the glue's address and the wasm from the page,
// keeps what arrives before the wasm listens, and hands it over in order.
"use strict";
const early = [];

function keepEarly(event) {
  const { glue, program } = event.data;
  if (glue) importScripts(glue);
  else if (program) listen(program);
  else early.push(event);
}

async function listen(program) {
  // Runs the worker's main, which sets self.onmessage before it returns.
  await wasm_bindgen({ module_or_path: program });
  if (self.onmessage === keepEarly) throw new Error("the worker's main set no onmessage");
  for (const event of early.splice(0)) self.onmessage(event);
}

// The worker's panic hook calls this. A throw from a task reaches the page's error event;
// a rejected promise would not.
self.panicked = (message) => {
  setTimeout(() => { throw new Error(message); });
};

// Room for words where photos find none: src/storage/reserve.rs says when. A full phone answers
// false; a browser without such files, or one whose other tab has it in hand, says nothing.
const RESERVE = 5 << 20;
const folder = () => navigator.storage.getDirectory();

async function makeReserve() {
  const file = await (await folder()).getFileHandle("reserve", { create: true });
  if ((await file.getFile()).size === RESERVE) return true;
  const open = await file.createSyncAccessHandle();
  try {
    if (open.write(new Uint8Array(RESERVE), { at: 0 }) === RESERVE) return true;
    open.truncate(0);
    return false;
  } finally {
    open.close();
  }
}

self.reserve = {
  keep: () => makeReserve().catch((error) => (error.name === "QuotaExceededError" ? false : null)),
  giveUp: async () => (await folder()).removeEntry("reserve"),
};

self.onmessage = keepEarly;
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  self.panicked(`${event.reason?.message ?? event.reason}\n${event.reason?.stack ?? ""}`);
});
