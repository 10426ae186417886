// Runs public/start.js over a page of our own: what the browser offers for the home screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../../public/start.js", import.meta.url), "utf8");

test("what the browser offers is kept for a button, and not shown by the browser itself", () => {
  const { hearth, offer } = start();
  assert.equal(hearth.canInstall(), false);
  const event = offer("accepted");
  assert.deepEqual([hearth.canInstall(), event.isPrevented], [true, true]);
});

test("the question is asked once, and its answer is known", async () => {
  for (const [outcome, isInstalled] of [["accepted", true], ["dismissed", false]]) {
    const { hearth, offer } = start();
    const event = offer(outcome);
    assert.equal(await hearth.install(), isInstalled);
    assert.deepEqual([event.prompts, hearth.canInstall()], [1, false]);
  }
});

test("a browser that fails to ask says so to whoever pressed, and the offer is over", async () => {
  const { hearth, offer } = start();
  offer("accepted").prompt = async () => { throw new Error("not now"); };
  await assert.rejects(hearth.install(), /not now/);
  assert.equal(hearth.canInstall(), false);
});

test("what was installed in another way is offered no more", () => {
  const { hearth, offer, listeners } = start();
  offer("accepted");
  listeners.appinstalled({});
  assert.equal(hearth.canInstall(), false);
});

function start() {
  const listeners = {};
  const hearth = {};
  const window = {
    hearth,
    addEventListener: (kind, handler) => { listeners[kind] = handler; },
  };
  const document = { documentElement: { dataset: { app: "insecure" } } };
  vm.runInNewContext(SOURCE, { window, addEventListener: window.addEventListener, document, location: { search: "" }, navigator: {} });
  const offer = (outcome) => {
    const event = { prompts: 0, isPrevented: false, preventDefault: () => { event.isPrevented = true; }, userChoice: Promise.resolve({ outcome }) };
    event.prompt = async () => { event.prompts += 1; };
    listeners.beforeinstallprompt(event);
    return event;
  };
  return { hearth, listeners, offer };
}
