// Starts the app and its worker, then keeps Hearth up to date.
// Says what failed to window.hearth (boot.js), which owns the static pages.
const hearth = window.hearth;
const root = document.documentElement;
const HOUR = 60 * 60 * 1000;
const SOON = 3000;

if (root.dataset.app === "loading") start();

async function start() {
  try {
    const files = document.querySelector("script[data-wasm]").dataset;
    const engine = () => startWorker(files.workerJs, files.workerWasm);
    const isHere = Boolean(navigator.serviceWorker?.controller);
    const whole = isHere || !isFirst(files.first);
    const app = whole ? startApp(files.js, files.wasm) : startApp(files.firstJs, files.firstWasm);
    if (isHere) await startTogether(app, engine);
    else await startInTurn(app, engine);
  } catch (error) {
    stop(error);
  } finally {
    // Only now: the offline copy must not take the line from what somebody waits for.
    watchForUpdates();
  }
}

// Whether a first visit's own program has the screen of this address. It is smaller; with the
// offline copy the whole one is on the phone. An address that ends in a slash goes on with an id.
function isFirst(addresses) {
  const here = location.pathname;
  return addresses.split(" ").some((address) => here === address || (address.length > 1 && address.endsWith("/") && here.startsWith(address)));
}

// Both are on the phone.
async function startTogether(app, engine) {
  keepWorker(engine());
  await app;
}

// A first visit has one line and one processor for all: the worker waits until Home can be
// pressed and is painted, and the offline copy until the worker has answered.
async function startInTurn(app, engine) {
  const drawn = nextPage();
  const worker = drawn.then(idle).then(engine);
  keepWorker(worker.then(hearth.nextTask).then(() => worker));
  await app;
  await drawn;
  await Promise.race([worker.then(firstAnswer).catch(() => {}), nextPage()]);
  await idle();
}

function keepWorker(worker) {
  hearth.worker = worker;
  // The app says that the door does not open.
  worker.catch(() => {});
}

// A page that was left can be kept for the way back. Safari stops its worker where it stands: with
// the line's lock in hand, or in the middle of a transaction, for which the next page then waits
// without end. So it ends, and a page that comes back begins anew.
addEventListener("pagehide", ({ persisted }) => {
  if (persisted) hearth.worker?.then((worker) => worker.terminate(), () => {});
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

// The app, or one of the static pages in its place.
function nextPage() {
  return new Promise((resolve) => { hearth.shown = resolve; });
}

function idle() {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: 1000 });
    else setTimeout(resolve);
  });
}

function firstAnswer(worker) {
  return new Promise((resolve) => {
    for (const event of ["message", "error"]) worker.addEventListener(event, resolve, { once: true });
  });
}

// The first screen has the line and the processor to itself until it is painted. Then each step
// is a task of its own, so that a press is heard between them.
async function startApp(js, wasm) {
  const preload = document.createElement("link");
  preload.rel = "modulepreload";
  preload.href = js;
  document.head.append(preload);
  await painted();
  const [app, module] = await Promise.all([import(js), WebAssembly.compileStreaming(fetch(wasm)), hearth.words]);
  let draw;
  const turn = new Promise((resolve) => { draw = resolve; });
  const { words } = hearth;
  hearth.words = turn.then(() => words);
  await hearth.nextTask();
  await app.default({ module_or_path: module });
  await hearth.nextTask();
  draw();
}

// A page that nobody looks at is not painted, and starts at once.
function painted() {
  const isTold = window.PerformanceObserver?.supportedEntryTypes?.includes("paint");
  if (!isTold || document.visibilityState === "hidden") return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length > 0) resolve();
    });
    observer.observe({ type: "paint", buffered: true });
  });
}

hearth.nextTask = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
});

// On the icon of an installed app, where the system draws badges. Nobody waits for it.
hearth.badge = (count) => {
  const drawn = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  drawn?.catch(() => {});
};

// What the browser offers for the home screen, kept for the button in Settings. It asks once.
let offer = null;
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});
window.addEventListener("appinstalled", () => { offer = null; });
hearth.canInstall = () => offer !== null;
hearth.install = async () => {
  const asked = offer;
  offer = null;
  await asked.prompt();
  return (await asked.userChoice).outcome === "accepted";
};

// What another app shared with this one, for the form that it opened: asked for once. Nothing where
// the service worker has it no more, or never had it.
let isShared = location.search === "?shared";
hearth.isShared = () => isShared;
hearth.takeShared = async () => {
  isShared = false;
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  worker.postMessage("take-shared", [port2]);
  return answer;
};

// The reader of the rescue page makes the copy that anyone can read.
hearth.exportAll = async () => (await import("/rescue-parts/export.js")).exportAll();

// The texts of these names in one piece: a word at a time, the way into wasm is long.
hearth.textsOf = (words, names) => names.split("\n").map((name) => words[name] ?? "").join("\0");

// The page fetches the worker's wasm: Firefox for Android does not pass a worker's own
// requests through the service worker. The worker compiles it, which would hold the page up,
// and keeps early messages in order, so the promise need not wait until it runs.
async function startWorker(glue, wasm) {
  const worker = new Worker("/worker-start.js", { name: "hearth" });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    // One without a message is a script that did not arrive: the line went after Home came.
    const isBroken = event.message !== undefined && root.dataset.app === "ready";
    stop(new Error(event.message ?? "worker-start.js did not arrive"), isBroken);
  });
  worker.postMessage({ glue });
  fetchBytes(wasm).then((program) => worker.postMessage({ program }, [program]), stop);
  return worker;
}

async function fetchBytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer();
}

function stop(error, wasRunning = false) {
  if (wasRunning || error instanceof WebAssembly.RuntimeError) hearth.panicked(`${error.message}\n${error.stack}`);
  else hearth.failed(String(error.message));
}

let used = false;
let waiting = null;

// Adopts the waiting version and reloads this page once. The app calls it on a press,
// never while words are not yet kept.
hearth.useUpdate = () => {
  if (used) return;
  used = true;
  if (waiting) waiting.postMessage("skip-waiting");
  else location.reload();
};

async function watchForUpdates() {
  const workers = navigator.serviceWorker;
  let controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    // The first controller is the first install: nothing on this page is out of date.
    if (controlled && used) location.reload();
    else if (controlled) announce(null);
    controlled = true;
  });
  try {
    const registration = await workers.register("/sw.js", { updateViaCache: "none" });
    follow(registration);
    workers.ready.then(() => { root.dataset.offline = "ready"; });
  } catch {
    // A private window, for one. Everything works but a start without internet.
    root.dataset.offline = "none";
  }
}

function follow(registration) {
  const check = () => registration.update().then(look, soon);
  let fails = 0;
  let followed = null;
  // A look or a download that failed, perhaps with the line, is taken again; after the third time
  // only when somebody comes back, the line does, or the hour is over.
  function soon() {
    fails += 1;
    if (fails < 4) setTimeout(check, fails * SOON);
  }
  // Also after each check: the news of a new worker can be older than our ear for it.
  function look() {
    const { active, installing, waiting } = registration;
    if (waiting && active) announce(waiting);
    if (!installing || installing === followed) return;
    followed = installing;
    installing.addEventListener("statechange", () => {
      if (installing.state === "redundant") soon();
      else look();
    }, { once: true });
  }
  const again = () => {
    fails = 0;
    check();
  };
  look();
  registration.addEventListener("updatefound", look);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
  });
  setInterval(again, HOUR);
}

// With no worker, another tab has already adopted the new version: a reload is all that is left.
function announce(worker) {
  // Said once: "Later" is an answer.
  if (worker && worker === waiting) return;
  waiting = worker;
  hearth.updateReady = true;
  window.dispatchEvent(new CustomEvent("hearth-update-ready"));
}
