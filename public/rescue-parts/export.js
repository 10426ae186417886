// The copy that anybody can read: one zip of a page, the same for programs, and the photos; for the rescue page also
// one page with the photos in it. What is made lies with the browser, photo by photo, so that no phone runs full.
import { addData } from "./data.js";
import { takeInventory } from "./inventory.js";
import { toBase64 } from "./labels.js";
import { countMedia, takeMedia } from "./media.js";
import { drawPage, titleOf } from "./page.js";
import { listVaults, openVault } from "./vault.js";
import { loadWords, Words } from "./words.js";
import { Zip } from "./zip.js";

// All that the rescue page needs comes from here: the build makes one file of the parts.
export { loadWords, Words };

// Everything of every vault that lies here, read once.
export async function readAll() {
  const inventories = [];
  for (const name of await listVaults()) {
    const vault = await openVault(name);
    if (vault) inventories.push(await takeInventory(vault));
  }
  return inventories;
}

export function isEmpty(inventories) {
  return inventories.every(({ changes, drafts, unread, blobs }) => changes.length + drafts.length + unread.length + blobs.size === 0);
}

// For the app: a file, or null where there is nothing to copy. It says in the app's own place for that how far it is.
export async function exportAll() {
  const tell = (text) => {
    const line = document.getElementById("copy-told");
    if (line) line.textContent = text;
  };
  const language = document.documentElement.lang;
  const words = new Words(language, (await loadWords(language)) ?? {}, () => undefined);
  const inventories = await readAll();
  try {
    if (isEmpty(inventories)) return null;
    const made = new Date();
    const zip = await makeZip(inventories, words, made, tell);
    tell(sayAll(inventories, words));
    return new File([zip], nameOf(made, "zip"), { type: zip.type });
  } catch (error) {
    tell("");
    throw error;
  } finally {
    for (const { vault } of inventories) vault.database.close();
  }
}

export async function makeZip(inventories, words, made, tell) {
  const zip = new Zip(made);
  const count = inventories.reduce((total, inventory) => total + countMedia(inventory), 0);
  let done = 0;
  const say = () => tell(words.get("rescue.copying", { done, count }));
  const onPhoto = () => {
    done = Math.min(done + 1, count);
    say();
  };
  say();
  for (const [i, inventory] of inventories.entries()) {
    // Of a cloned vault the photos have the same ids.
    inventory.media = await takeMedia(inventory, i ? `media-${i + 1}` : "media", zip, onPhoto);
  }
  const [page, data] = [new Parts(), new Parts()];
  await drawPage(inventories, words, made, ({ file }) => file, page);
  await zip.add("index.html", page.blob("text/html"));
  await addData(inventories, words, made, data);
  await zip.add("hearth.json", data.blob("application/json"));
  await zip.add("README.txt", new Blob([`index.html: ${titleOf(words, made)}\r\n${words.get("backup.copy_open")}\r\n`]));
  return zip.blob();
}

// One page with every photo in it. The zip is made before.
export async function makePage(inventories, words, made) {
  const page = new Parts();
  await drawPage(inventories, words, made, async ({ content }) => `data:image/jpeg;base64,${toBase64(new Uint8Array(await content.arrayBuffer()))}`, page);
  return page.blob("text/html");
}

export function sayAll(inventories, words) {
  const count = (list) => inventories.reduce((total, inventory) => total + list(inventory), 0);
  const [records, photos, unread] = [count(({ records }) => records.length), count(({ media }) => [...media.values()].filter(Boolean).length), count(({ unread }) => unread.length)];
  const lines = [words.get("rescue.found", { count: records }), words.get("photo.count", { count: photos }), unread && words.get("rescue.unread", { count: unread })];
  return lines.filter(Boolean).join(" · ");
}

export function nameOf(made, ending) {
  return `hearth-${made.toISOString().slice(0, 10)}.${ending}`;
}

// Strings that become parts of a Blob at once: the browser may put those on disk.
class Parts {
  parts = [];
  waiting = "";

  add(text) {
    this.waiting += text;
    if (this.waiting.length > 100_000) this.rest();
  }

  rest() {
    this.parts.push(new Blob([this.waiting]));
    this.waiting = "";
  }

  blob(type) {
    this.rest();
    return new Blob(this.parts, { type });
  }
}
