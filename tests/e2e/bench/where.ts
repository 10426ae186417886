// The question of docs/decisions/0005: should the engine run in a worker or on the page? The
// same worker program is run on the page's own thread, so nothing else differs.
import type { Phone } from "../support/phone.ts";

const ON_PAGE = `
async function startWorker(glue, wasm) {
  const own = (value) => ({ value, writable: true });
  const stand_in = Object.create(Worker.prototype, { onmessage: own(null), onerror: own(null) });
  Object.defineProperty(stand_in, "postMessage", own((data) => {
    setTimeout(() => window.onmessage({ data }));
  }));
  window.postMessage = (data) => setTimeout(() => stand_in.onmessage({ data }));
  window.panicked = (message) => hearth.panicked(message);
  await new Promise((loaded) => {
    document.head.append(Object.assign(document.createElement("script"), { src: glue, onload: loaded }));
  });
  await wasm_bindgen({ module_or_path: fetch(wasm) });
  return stand_in;
}
`;

/** With HEARTH_ENGINE_ON_PAGE set, every page of this phone runs the engine itself. */
export async function placeEngine(phone: Phone): Promise<void> {
  if (!process.env.HEARTH_ENGINE_ON_PAGE) return;
  await phone.context.route("**/start.js", async (route) => {
    const answer = await route.fetch();
    const script = (await answer.text()).replace("async function startWorker", "async function startNoWorker");
    await route.fulfill({ response: answer, body: script + ON_PAGE });
  });
}
