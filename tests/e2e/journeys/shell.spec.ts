import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";
import { words } from "../support/words.ts";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

test("before wasm arrives the first screen is there with a real first button", async ({ phone }) => {
  await phone.context.route(/\.wasm$/, () => {
    // Never answered, as on a train.
  });
  await phone.page.goto(phone.home, { waitUntil: "commit" });
  const first = phone.page.getByRole("link", { name: words("shell.story") });
  await expect(first).toBeVisible();
  await expect(phone.page.locator("html")).toHaveAttribute("data-app", "loading");
  await first.tap();
  await expect(phone.page).toHaveURL(/\/make\/story$/);
  await expect(phone.page.getByText(words("shell.opening"))).toBeVisible();
});

test("on a first visit the worker waits until Home can be pressed", async ({ phone, app }) => {
  const program = /hearth-first.*\.wasm$/;
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await phone.context.route(program, async (route) => {
    await held;
    await route.continue();
  });
  const askedForWorker = (): string[] => phone.requested.filter((url) => url.includes("worker"));
  await phone.page.goto(phone.home, { waitUntil: "commit" });
  await expect.poll(() => phone.requested.some((url) => program.test(url))).toBe(true);
  // Whatever was begun with it has been asked for when this answer is back.
  await phone.page.evaluate(() => fetch("/version.json"));
  expect(askedForWorker()).toEqual([]);
  release();
  await app.home.waitUntilShown();
  await expect.poll(askedForWorker).not.toEqual([]);
});

test("on a first visit app, worker and offline copy begin one after another; with the offline copy the worker does not wait", async ({ phone, app }) => {
  await phone.context.addInitScript(watchBeginnings);
  await phone.open();
  await app.waitUntilOffline();
  expect(await beginnings(phone.page)).toEqual(["ready", "worker", "answer", "offline copy"]);
  const kept = phone.requested.filter((url) => url.endsWith("/rescue.html"));
  expect(kept.length, "the offline copy was fetched, and not before it was its turn").toBe(1);
  await phone.open();
  await app.waitUntilOffline();
  expect((await beginnings(phone.page))[0]).toBe("worker");
});

/** Writes down in which order the parts of the app begin. */
function watchBeginnings(): void {
  const order: string[] = [];
  const note = (what: string): void => {
    if (!order.includes(what)) order.push(what);
  };
  new MutationObserver(() => document.documentElement?.dataset.app === "ready" && note("ready")).observe(document, { subtree: true, attributes: true });
  window.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      note("worker");
      super(address, options);
      this.addEventListener("message", () => note("answer"));
    }
  };
  const register = ServiceWorkerContainer.prototype.register;
  ServiceWorkerContainer.prototype.register = function (...given) {
    note("offline copy");
    return register.apply(this, given);
  };
  Object.assign(window, { order });
}

function beginnings(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { order: string[] }).order);
}

test("the words that are painted first stay where they are when the app comes, and the wasm waits for their paint", async ({ phone, app }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await phone.context.route(/hearth-first.*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await phone.page.goto(phone.home, { waitUntil: "commit" });
  const lead = phone.page.getByText(words("shell.lead"));
  await expect(lead).toBeVisible();
  await lead.evaluate((element) => element.setAttribute("data-painted", "first"));
  release();
  await app.home.waitUntilShown();
  await expect(lead).toHaveCount(1);
  await expect(lead).toHaveAttribute("data-painted", "first");
  const order = await phone.page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    asked: performance.getEntriesByType("resource").find(({ name }) => /hearth-first.*\.wasm$/.test(name))!.startTime,
  }));
  expect(order.asked).toBeGreaterThan(order.painted);
});

test("wasm that never comes is answered by a page with the rescue screen on it", async ({ phone, app }) => {
  await phone.context.route(/\.wasm$/, (route) => route.fulfill({ status: 404, body: "not found" }));
  phone.problems.expect(/wasm|WebAssembly/i);
  await phone.open();
  await expect(app.shell.loadFailed).toBeVisible();
  await expect(app.shell.loadFailed.getByRole("link", { name: words("shell.rescue") })).toHaveAttribute("href", "/rescue");
  await phone.context.unroute(/\.wasm$/);
  await app.shell.loadFailed.getByRole("button", { name: words("shell.try_again") }).click();
  await app.home.waitUntilShown();
});

test("opening that takes long says what to do", async ({ phone }) => {
  await phone.context.route(/worker.*\.wasm$/, () => undefined);
  await phone.open("/people");
  const late = phone.page.getByText(words("shell.late"));
  await expect(late).toBeAttached();
  await expect(late).toBeHidden();
  await phone.page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(late).toBeVisible();
});

test("a worker that never comes is answered by the same page", async ({ phone, app }) => {
  await phone.context.route(/worker.*\.wasm$/, (route) => route.fulfill({ status: 404, body: "not found" }));
  phone.problems.expect(/wasm|WebAssembly/i);
  await phone.open();
  await expect(app.shell.loadFailed).toBeVisible();
});

test("a line that goes when Home is there and the worker is not: a part did not arrive, and nothing is said to be broken", async ({ phone, app }) => {
  await phone.context.route(/worker-start\.js$/, (route) => route.abort());
  phone.problems.expect(/fetching the script/);
  await phone.open();
  await expect(app.shell.loadFailed).toBeVisible();
  await phone.context.unroute(/worker-start\.js$/);
  await app.shell.loadFailed.getByRole("button", { name: words("shell.try_again") }).click();
  await app.home.tellStory();
  await expect(app.make.words).toBeVisible();
});

for (const lack of ["WebAssembly", "indexedDB", "OffscreenCanvas", "Worker"]) {
  test(`a browser without ${lack} gets a page that says what to do`, async ({ phone, app }) => {
    await phone.context.addInitScript((name) => {
      Object.defineProperty(window, name, { value: undefined });
    }, lack);
    await phone.open();
    await expect(app.shell.oldBrowser).toBeVisible();
    await expect(app.shell.oldBrowser.getByRole("link", { name: words("shell.rescue") })).toBeVisible();
    await expect(phone.page.locator("#app")).toBeEmpty();
  });
}

test("an address that is not private gets one page that says so", async ({ server, folder }) => {
  const phone = await Phone.start(folder, `http://hearth.test:${server.portNumber}`, {
    flags: ["--host-resolver-rules=MAP hearth.test 127.0.0.1"],
  });
  for (const address of ["/", "/make/story"]) {
    await phone.open(address);
    await expect(phone.page.locator("#insecure")).toBeVisible();
    await expect(phone.page.locator("#app")).toBeEmpty();
  }
  await phone.stop();
});

test.describe("without JavaScript", () => {
  test.use({ phoneOptions: { javaScriptEnabled: false } });

  test("one page says what is needed, and offers nothing that would not work", async ({ phone }) => {
    await phone.open();
    await expect(phone.page.getByRole("heading", { name: /needs JavaScript/ })).toBeVisible();
    await expect(phone.page.getByRole("link")).toHaveCount(0);
  });
});

test("every answer carries the one content policy and keeps other sites out", async ({ server }) => {
  for (const address of ["/", "/ours", "/rescue", "/boot.js", "/sw.js", "/manifest.webmanifest", "/nothing.here", "/api/nothing"]) {
    const { headers } = await fetch(server.address + address);
    expect(headers.get("content-security-policy"), address).toBe(POLICY);
    expect(headers.get("x-content-type-options"), address).toBe("nosniff");
    expect(headers.get("referrer-policy"), address).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy"), address).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy"), address).toBe("require-corp");
  }
});

test("the page holds no inline script and no inline style", async ({ phone, app }) => {
  await phone.open();
  await app.home.waitUntilShown();
  const source = await (await fetch(phone.home)).text();
  expect(source).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
  expect(source).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

test("a whole journey asks nobody but its own server", async ({ phone, app }) => {
  await phone.open();
  await app.home.tellStory();
  await app.make.write("Only ours.");
  await app.make.addMadePhoto();
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.waitUntilOffline();
  for (const address of ["/ours", "/settings", "/help", "/bin", "/rescue"]) await phone.open(address);
  const elsewhere = phone.requested.filter((url) => !url.startsWith(`${phone.home}/`) && !/^(blob|data):/.test(url));
  expect(phone.requested.length).toBeGreaterThan(10);
  expect(elsewhere).toEqual([]);
});

test("a browser finds everything it needs to install the app", async ({ phone, app }) => {
  await phone.open();
  await app.waitUntilOffline();
  const session = await phone.context.newCDPSession(phone.page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A private window is all that may stand in the way here.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  const { data } = await session.send("Page.getAppManifest");
  const manifest = JSON.parse(data ?? "{}") as Record<string, any>;
  expect(manifest).toMatchObject({ id: "/", start_url: "/", scope: "/", display: "standalone", name: "Hearth" });
  expect(manifest.icons.some((icon: { purpose?: string }) => icon.purpose === "maskable")).toBe(true);
  for (const { src, type } of manifest.icons) {
    const answer = await fetch(phone.home + src);
    expect(answer.status, src).toBe(200);
    expect(answer.headers.get("content-type"), src).toContain(type);
  }
  for (const { url } of manifest.shortcuts) {
    await phone.open(url);
    await app.make.waitUntilShown();
  }
  await expect(phone.page.locator("link[rel=apple-touch-icon]")).toHaveAttribute("href", /\.png$/);
});
