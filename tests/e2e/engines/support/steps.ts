// What a person does in the app, in any engine.
import { writeFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import type { Hand } from "./hand.ts";

export const FORM = "form[data-journal]";
export const FIELD = `${FORM} textarea`;

/** A first visit, until the whole app is on the phone and in use; what a first visit runs has few screens. */
export async function begin(hand: Hand): Promise<void> {
  await hand.open();
  await hand.sees({ css: "html[data-offline=ready]" });
  await rest(hand);
  await hand.load("/");
}

/** Until the worker has had many turns at the store. WebKit never ends a transaction whose worker goes
 *  before it begins, so leaving in the middle of one shows nothing of ours (docs/browsers.md). */
export async function rest(hand: Hand): Promise<void> {
  await hand.browser.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    const database = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (let turn = 0; turn < 60; turn += 1) {
      await new Promise<void>((resolve) => {
        const transaction = database.transaction([...database.objectStoreNames], "readwrite");
        transaction.oncomplete = () => resolve();
      });
    }
    database.close();
  }, null);
}

/** Types a new story and leaves it unsaved, but kept. */
export async function beginStory(hand: Hand, words: string): Promise<void> {
  await hand.open("/make/story");
  await hand.write(FIELD, words);
  await hand.sees({ css: `${FORM}[data-journal=kept]` });
}

export async function save(hand: Hand): Promise<void> {
  await hand.press({ css: `${FORM} button`, name: hand.word("form.save") });
  await hand.sees({ css: "[data-state=saved] h1", name: hand.word("saved.title") });
}

export async function tell(hand: Hand, words: string, photo?: string): Promise<void> {
  await beginStory(hand, words);
  if (photo) {
    await hand.choose("input[type=file]:not([capture])", [photo]);
    await hand.sees({ css: `${FORM} .photo img` });
  }
  await save(hand);
}

/** Each of these is in the list once, and nothing else is. */
export async function expectOnce(hand: Hand, told: string[]): Promise<void> {
  await hand.open("/ours");
  for (const words of told) await hand.seesJust({ css: "#app [data-record]", text: words }, 1);
  await hand.seesJust({ css: "#app [data-record]" }, told.length);
}

/** Until a record that another phone told is here. */
export async function waitForArrival(hand: Hand, words: string): Promise<void> {
  await hand.open("/ours");
  await hand.seesJust({ css: "#app [data-record]", text: words }, 1);
}

/** Opens a record of the list and waits until its photo is drawn. */
export async function seePhotoOf(hand: Hand, words: string): Promise<void> {
  await hand.open("/ours");
  // Its card is drawn anew when its picture comes and when its photo is here; a press in that moment meets nothing.
  const rests = { words, safe: hand.word("where.safe") };
  await expect.poll(() => hand.browser.evaluate(isAtRest, rests)).toBe(true);
  await hand.press({ css: "#app [data-record]", text: words });
  await hand.sees({ css: "#app .record__words", text: words });
  const widthOf = () => hand.browser.evaluate(() => document.querySelector<HTMLImageElement>("#app .record .photo img")?.naturalWidth ?? 0, null);
  await expect.poll(widthOf).toBeGreaterThan(0);
}

/** Runs in the page: whether a record's card has all that it will have. */
function isAtRest({ words, safe }: { words: string; safe: string }): boolean {
  const cards = [...document.querySelectorAll<HTMLElement>("#app [data-record]")];
  const card = cards.find((one) => one.innerText.includes(words));
  return card?.innerText.includes(safe) === true && (card.querySelector("img")?.naturalWidth ?? 0) > 0;
}

/** From the link to both being in, as two people do it. */
export async function bringIn(host: Hand, guest: Hand): Promise<void> {
  await host.open("/invite");
  await host.press({ css: "#app button", text: host.word("invite.other") });
  await host.press({ css: "#app label", name: host.word("invite.sees_all") });
  await host.write("#invite-name", "Mum");
  await host.pressButton("invite.make_link");
  await host.sees({ css: "[data-link]" });
  const [link = ""] = await host.read({ css: "[data-link]" });
  await guest.browser.goto(link);
  await guest.write("#join-name", "Nana");
  await guest.pressButton("join.yes");
  await host.seesJust({ css: ".compare__one" }, 4);
  await guest.seesJust({ css: ".compare__one" }, 4);
  const pictures = { css: ".compare__one" };
  expect(await guest.read(pictures), "both show the same four").toEqual(await host.read(pictures));
  await guest.pressButton("invite.same");
  await guest.sees({ css: "h2", name: guest.word("invite.open") });
  await host.pressButton("invite.same");
  await host.sees({ css: "h2", name: host.word("invite.done") });
  await guest.sees({ css: "#app", text: guest.word("join.inside") });
}

/** A photo as this engine draws and encodes it, as a file. */
export async function drawPhoto(hand: Hand, file: string): Promise<string> {
  const base64 = await hand.browser.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [800, 600];
    const pen = canvas.getContext("2d")!;
    for (let row = 0; row < 60; row += 1) {
      pen.fillStyle = `hsl(${row * 6} 60% 60%)`;
      pen.fillRect(0, row * 10, 800 - row * 7, 10);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1] ?? "";
  }, null);
  await writeFile(file, Buffer.from(base64, "base64"));
  return file;
}
