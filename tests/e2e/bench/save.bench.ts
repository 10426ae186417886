import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { takePhoto } from "../photos/make.ts";
import { expect, test } from "../support/fixtures.ts";
import { putRaw } from "./floor.ts";
import { record } from "./record.ts";
import { slowDown } from "./slow.ts";
import { placeEngine } from "./where.ts";

const SAVES = 30;
const LETTERS = 100;
const PHOTOS = 5;

/** From a press, a letter or a file to the moment it is durable: for a press of Save when the answer to
 *  commit and read-back is with the page, and besides when "Saved" stands on the screen. */
function watchDurable(): void {
  const spans: Record<string, number[]> = { save: [], saved: [], journal: [], photo: [] };
  const begun: Record<string, number | undefined> = {};
  const begin = (name: string, event: Event): void => {
    begun[name] ??= event.timeStamp;
  };
  const end = (name: string, at = performance.now()): void => {
    const start = begun[name];
    if (start !== undefined) spans[name]!.push(at - start);
    begun[name] = undefined;
  };
  const press = (event: Event): void => {
    begin("save", event);
    begin("saved", event);
  };
  new PerformanceObserver((marks) => {
    for (const { startTime } of marks.getEntriesByName("hearth-saved")) end("save", startTime);
  }).observe({ type: "mark" });
  window.addEventListener("click", (event) => (event.target as Element).closest("form[data-journal] .sticky-action button") && press(event), true);
  window.addEventListener("input", (event) => (event.target as Element).matches("textarea") && begin("journal", event), true);
  window.addEventListener("change", (event) => (event.target as Element).matches("[type=file]") && begin("photo", event), true);
  new MutationObserver(() => {
    if (document.querySelector("[data-state=saved]")) end("saved");
    if (document.querySelector("form[data-journal=kept]")) end("journal");
    if (document.querySelector("form .photo img[src^='blob']")) end("photo");
  }).observe(document, { subtree: true, childList: true, attributes: true });
  Object.assign(window, { spans });
}

function readSpans(page: Page, name: string): Promise<number[]> {
  return page.evaluate((name) => (window as unknown as { spans: Record<string, number[]> }).spans[name]!, name);
}

test.beforeEach(({ phone }) => placeEngine(phone));

test("save to durable, and the journal", async ({ phone, app }) => {
  await phone.context.addInitScript(watchDurable);
  await phone.open("/make/story");
  await app.make.waitUntilShown();
  await slowDown(phone.page);
  const floor = await putRaw(phone.page, SAVES);
  for (let save = 0; save < SAVES; save += 1) {
    await app.make.write(`He climbed the hill for the ${save}th time, and counted every step.`);
    await app.make.waitUntilKept();
    await app.make.save();
    await app.make.waitUntilSaved();
    await app.saved.another();
    await app.make.waitUntilShown();
  }
  for (const row of ["save", "saved"]) {
    const values = await readSpans(phone.page, row);
    expect(values.length).toBe(SAVES);
    record({ row, values, floor });
  }

  await phone.page.evaluate(() => ((window as any).spans.journal = []));
  for (let letter = 0; letter < LETTERS; letter += 1) {
    await app.make.words.press("a");
    await app.make.waitUntilKept();
  }
  record({ row: "journal", values: await readSpans(phone.page, "journal"), floor });
});

test("a photo of twelve megapixels", async ({ phone, app }) => {
  await phone.context.addInitScript(watchDurable);
  await phone.open("/make/story");
  await app.make.waitUntilShown();
  const photo = await takePhoto(phone.page, 4000, 3000, { orientation: 6 });
  await slowDown(phone.page);
  const values: number[] = [];
  for (let i = 0; i < PHOTOS; i += 1) {
    await phone.page.reload();
    await app.make.waitUntilShown();
    await app.make.pictures.add("big.jpg", photo);
    values.push(...(await readSpans(phone.page, "photo")));
    await app.make.pictures.remove(0);
    await expect(app.make.pictures.all).toHaveCount(0);
  }
  record({ row: "photo", values, floor: await shrinkRaw(phone.page, photo) });
});

/** The browser's own decoding and encoding, twice, as a photo and a thumbnail need it. */
function shrinkRaw(page: Page, photo: Buffer): Promise<number[]> {
  return page.evaluate(
    async ({ encoded, times }) => {
      const blob = new Blob([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
      const spans: number[] = [];
      for (let i = 0; i < times; i += 1) {
        const start = performance.now();
        for (const [width, height] of [[1200, 1600], [240, 320]] as const) {
          const picture = await createImageBitmap(blob, { resizeWidth: width, resizeHeight: height });
          const canvas = new OffscreenCanvas(width, height);
          canvas.getContext("2d")!.drawImage(picture, 0, 0);
          await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
        }
        spans.push(performance.now() - start);
      }
      return spans;
    },
    { encoded: photo.toString("base64"), times: PHOTOS },
  );
}

test("interaction to next paint over a whole journey", async ({ phone, app }) => {
  const vitals = readFileSync(createRequire(import.meta.url).resolve("web-vitals").replace(/web-vitals[^/]*$/, "web-vitals.iife.js"), "utf8");
  await phone.context.addInitScript(`${vitals};window.inp=[];webVitals.onINP((m)=>window.inp.push(m.value),{reportAllChanges:true,durationThreshold:0});`);
  await phone.open();
  await app.home.waitUntilShown();
  await slowDown(phone.page);
  for (let round = 0; round < 5; round += 1) {
    await app.home.tellStory();
    await app.make.waitUntilShown();
    await app.make.words.tap();
    await app.make.type("She laughed.");
    await app.make.choose("story.feeling", "happy");
    await app.make.chooseYesterday();
    await app.make.save();
    await app.make.waitUntilSaved();
    await app.bottomBar.getByRole("link", { name: app.word("nav.ours") }).tap();
    await expect(app.ours.cards).toHaveCount(round + 1);
    await app.ours.filterKind("story");
    await app.bottomBar.getByRole("link", { name: app.word("nav.home") }).tap();
    await app.home.waitUntilShown();
  }
  const values = await phone.page.evaluate(() => (window as unknown as { inp: number[] }).inp.slice(-1));
  record({ row: "inp", values });
});
