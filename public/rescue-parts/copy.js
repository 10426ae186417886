// Makes the two files: a page that any browser reads without internet, and the data for a program.
// Photos go into the files one at a time, so that a phone with many of them does not run full.

import { toHex } from "./labels.js";

const STYLE = "body{max-width:40rem;margin:auto;padding:1rem;font:1.1875rem/1.5 system-ui,sans-serif}:lang(ur){font-family:Noto Nastaliq Urdu,Jameel Noori Nastaleeq,system-ui;line-height:2.1}img{display:block;max-width:100%;margin-block:1rem}article{margin-block:2rem;padding-block-start:1rem;border-block-start:2px solid #7A8391}dt{color:#4A5564}dd{margin:0 0 .75rem;white-space:pre-wrap}@media print{article{break-inside:avoid}}";

export async function makeCopies(inventories, words, onPhoto) {
  const page = new Parts();
  const data = new Parts();
  const made = new Date();
  page.add(`<!doctype html><html lang="${words.language}" dir="${words.language === "ur" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hearth</title><style>${STYLE}</style></head><body><h1>${escape(words.get("rescue.copy_of", { date: words.time(made.getTime()) }))}</h1>`);
  data.add(`{"format":"hearth-rescue/1","made":${JSON.stringify(made.toISOString())},"vaults":[`);
  for (const [i, inventory] of inventories.entries()) {
    if (i > 0) data.add(",");
    await addVault(inventory, words, page, data, onPhoto);
  }
  page.add("</body></html>");
  data.add("]}");
  return { page: page.blob("text/html"), data: data.blob("application/json") };
}

async function addVault(inventory, words, page, data, onPhoto) {
  const { vault, children, cards, records, drafts, loose, changes } = inventory;
  data.add(`{"name":${JSON.stringify(vault.database.name)},"children":${toJson(children)},"names":${toJson(cards)},"records":${toJson(records)},"drafts":${toJson(drafts)},"loose_photos":${toJson(loose)},"changes":${toJson(changes.map(withoutRaw))},"photos":{`);
  const photos = new Photos(inventory, words, data, onPhoto);
  if (children.length) page.add(`<h2>${escape(words.get("children.title"))}</h2>${children.map((child) => drawSaid(child, words)).join("")}`);
  for (const record of records) {
    page.add(await drawRecord(record, children, words, photos));
  }
  for (const draft of drafts) {
    page.add(await drawRecord(draft, children, words, photos, words.get("home.unsaved")));
  }
  for (const photo of loose) {
    page.add(`<article>${await photos.draw(photo)}</article>`);
  }
  await photos.addRest(page);
  data.add(`},"unread":[`);
  await addUnread(inventory, photos, data);
  data.add("]}");
}

async function drawRecord(record, children, words, photos, mark = "") {
  const child = children.find(({ id }) => id === record.parent);
  const marks = [mark, record.isPart && words.get("rescue.part"), record.isDeleted && words.get("bin.title"), child && child.words].filter(Boolean);
  const answers = words.answers(record).map((answer) => drawAnswer(answer, words));
  const notes = (record.notes ?? []).flatMap((note) => words.answers(note).map((answer) => drawAnswer(answer, words, note)));
  const drawn = [];
  for (const photo of record.photos) drawn.push(await photos.draw(photo));
  return `<article><h2>${escape(words.kind(record.kind))}</h2><p>${escape(words.day(record.day))}</p>${marks.map((text) => `<p dir="auto">${escape(text)}</p>`).join("")}<dl>${answers.join("")}<dt>${escape(words.get("item.written"))}</dt><dd>${escape(words.time(record.written))}</dd>${notes.join("")}</dl>${drawn.join("")}</article>`;
}

function drawAnswer([question, answer, others], words, note = null) {
  const about = note && [words.time(note.written), note.isDeleted && words.get("bin.title")].filter(Boolean).join(" · ");
  const said = answer === "" ? "" : `<dd dir="auto">${escape(answer)}</dd>`;
  return `<dt>${escape(question)}</dt>${said}${drawOthers(others, words, "dd")}${about ? `<dd>${escape(about)}</dd>` : ""}`;
}

// What somebody wrote, and beside it every other version of it.
function drawSaid({ words: said, also }, words) {
  return `${said && `<p dir="auto">${escape(said)}</p>`}${drawOthers(also?.get(4) ?? [], words, "p")}`;
}

function drawOthers(others, words, name) {
  return others.map((other) => `<${name}>${escape(words.get("rescue.also"))}: <bdi>${escape(other)}</bdi></${name}>`).join("");
}

// Hands each photo to the page where it belongs, and every one, placed or not, to the data.
class Photos {
  constructor({ vault, blobs }, words, data, onPhoto) {
    Object.assign(this, { vault, blobs, words, data, onPhoto, done: new Map(), unread: [], spare: new Set() });
  }

  async draw(photo) {
    this.spare.add(photo.thumbnail);
    const source = (await this.take(photo.blob)) ?? (await this.take(photo.thumbnail));
    // Somebody else's photo may not have come yet: what was written under it has.
    const picture = source ? `<img src="data:image/jpeg;base64,${source}" alt="${escape(photo.words)}">` : "";
    const caption = drawSaid(photo, this.words);
    return picture || caption ? `<figure>${picture}<figcaption>${caption}</figcaption></figure>` : "";
  }

  async addRest(page) {
    for (const id of this.blobs.keys()) {
      if (this.done.has(id) || this.spare.has(id)) continue;
      const source = await this.take(id);
      if (source) page.add(`<article><img src="data:image/jpeg;base64,${source}" alt=""></article>`);
    }
  }

  async take(id) {
    const key = this.blobs.get(id);
    if (!key) return null;
    const wasDone = this.done.has(id);
    const plain = await this.vault.openRow("blobs", key);
    this.done.set(id, true);
    if (wasDone) return plain && toBase64(plain);
    this.onPhoto();
    if (!plain) {
      this.unread.push({ store: "blobs", key, plain: null });
      return null;
    }
    const source = toBase64(plain);
    this.data.add(`${this.started ? "," : ""}"${id}":"${source}"`);
    this.started = true;
    return source;
  }
}

// What did not read, as far as it opened, then the small rows around the words.
async function addUnread({ vault, unread }, photos, data) {
  const rows = [...unread, ...photos.unread];
  const listed = new Set(unread.map(({ store, key }) => store + toHex(key)));
  for (const store of ["meta", "circles"]) {
    const rest = (await vault.rowKeys(store)).filter((key) => !listed.has(store + toHex(key)));
    for (const key of rest) rows.push({ store, key, plain: isSecret(key) ? null : await vault.openRow(store, key) });
  }
  for (const [i, { store, key, item, plain }] of rows.entries()) {
    const bytes = plain ?? (await vault.sealedRow(store, key));
    data.add(`${i ? "," : ""}${toJson({ store, key: new Uint8Array(key), item, sealed: !plain, bytes })}`);
  }
}

// Keys that write and read in this person's name from now on: the copy lies about unlocked, so they stay
// sealed in it. Every word that they open is in the copy.
function isSecret(key) {
  const name = new TextDecoder().decode(key);
  return ["self/", "key/", "invite/", "joining"].some((start) => name.startsWith(start));
}

// Strings that become parts of a Blob at once: the browser may put those on disk.
class Parts {
  parts = [];

  add(text) {
    this.parts.push(text.length > 10_000 ? new Blob([text]) : text);
  }

  blob(type) {
    return new Blob(this.parts, { type });
  }
}

function withoutRaw({ patch, ...change }) {
  return { ...change, patch: new Map([...patch].map(([field, { value }]) => [field, value])) };
}

function toJson(value) {
  return JSON.stringify(value, (_, inner) => {
    if (typeof inner === "bigint") return inner.toString();
    if (inner instanceof Map) return Object.fromEntries(inner);
    return inner instanceof Uint8Array ? toBase64(inner) : inner;
  });
}

export function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export function escape(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(/[&<>"']/g, (sign) => names[sign]);
}
