// The page that anybody reads in any browser: no script, nothing from anywhere. Names and words are a stranger's input.
import { toBase64, toHex } from "./labels.js";

const STYLE = "body{max-width:40rem;margin:auto;padding:1rem;font:1.1875rem/1.5 system-ui,sans-serif}:lang(ur){font-family:Noto Nastaliq Urdu,Jameel Noori Nastaleeq,system-ui;line-height:2.1}img{display:block;max-width:100%;max-height:95vh;margin-block:1rem}article{margin-block:2rem;padding-block-start:1rem;border-block-start:2px solid #7A8391}figure{margin:0}dt,.also{color:#4A5564}dd{margin:0 0 .75rem}dd,p{white-space:pre-wrap;overflow-wrap:anywhere}@media print{article,figure{break-inside:avoid}body{max-width:none}}";

// Adds the page's pieces; `sourceOf` gives a photo's address.
export async function drawPage(inventories, words, made, sourceOf, page) {
  page.add(`<!doctype html><html lang="${words.language}" dir="${words.language === "ur" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'sha256-${await sumOf(STYLE)}';img-src 'self' file: data:;base-uri 'none';form-action 'none'"><meta name="viewport" content="width=device-width"><title>Hearth</title><style>${STYLE}</style></head><body><h1>${escape(titleOf(words, made))}</h1>`);
  for (const inventory of inventories) await new Drawing(inventory, words, sourceOf, page).addAll();
  page.add("</body></html>");
}

export function titleOf(words, made) {
  return words.get("rescue.copy_of", { date: words.time(made.getTime()) });
}

class Drawing {
  drawn = new Set();

  constructor(inventory, words, sourceOf, page) {
    Object.assign(this, { inventory, words, sourceOf, page });
  }

  async addAll() {
    const { vault, unread, children, records, drafts, loose, media } = this.inventory;
    if (vault.isLocked) this.addLine(this.words.get("rescue.locked"));
    if (unread.length) this.addLine(this.words.get("rescue.unread", { count: unread.length }));
    if (children.length) this.addTitle("children.title");
    for (const child of children) this.page.add(this.said(child));
    for (const record of records) if (!record.isDeleted) await this.addRecord(record);
    await this.addPart("home.unsaved", drafts);
    const [bin, others] = [true, false].map((wanted) => loose.filter(({ isDeleted }) => isDeleted === wanted));
    await this.addPart("bin.title", records.filter(({ isDeleted }) => isDeleted), bin);
    await this.addPart("photo.title", [], others);
    for (const item of media.values()) {
      if (item && !this.drawn.has(item)) this.page.add(`<article>${await this.image(item, "")}</article>`);
    }
  }

  addTitle(key) {
    this.page.add(`<h2>${escape(this.words.get(key))}</h2>`);
  }

  addLine(text) {
    this.page.add(`<p><strong>${escape(text)}</strong></p>`);
  }

  async addPart(key, records, photos = []) {
    if (records.length + photos.length) this.addTitle(key);
    for (const record of records) await this.addRecord(record);
    for (const photo of photos) this.page.add(`<article>${await this.photo(photo)}</article>`);
  }

  async addRecord(record) {
    const { words } = this;
    const photos = [];
    for (const photo of record.photos) photos.push(await this.photo(photo));
    const mark = record.isPart ? `<p>${escape(words.get("rescue.part"))}</p>` : "";
    const rows = this.rows(record).map((row) => this.row(...row)).join("");
    this.page.add(`<article><h3>${escape(words.kind(record.kind))}</h3><p>${escape(words.day(record.day))}</p>${mark}<dl>${rows}</dl>${photos.join("")}</article>`);
  }

  // [question, answer, every other version of it], the words first. The day stands above them.
  rows(record) {
    const { words, inventory: { people } } = this;
    const other = (field, write) => (record.also?.get(field) ?? []).map((version) => ({ ...version, text: write(version.value) }));
    const told = record.said && people.of(record.device).name;
    return [
      ...words.answers(record),
      [words.get("item.about"), this.child(record.parent), other(1, (value) => this.child(value))],
      [words.get("item.happened"), "", other(2, (value) => words.day(value))],
      [words.get("item.by"), told ?? "", []],
      [words.get("item.written"), words.time(record.written), []],
      [words.get("item.changed"), record.changed > record.written ? words.time(record.changed) : "", []],
      ...(record.notes ?? []).flatMap((note) => words.answers(note).map(([, text, others]) => [this.headOf(note), text, others])),
    ].filter(([, answer, others]) => answer !== "" || others.length);
  }

  child(id) {
    const wanted = id instanceof Uint8Array ? toHex(id) : id;
    return this.inventory.children.find((child) => child.id === wanted)?.words ?? "";
  }

  headOf(note) {
    const { words, inventory: { people } } = this;
    const mark = note.isDeleted && words.get("bin.title");
    return [words.get("rescue.note"), people.of(note.device).name, words.time(note.written), mark].filter(Boolean).join(" · ");
  }

  row(question, answer, others) {
    return `<dt><bdi>${escape(question)}</bdi></dt>${answer === "" ? "" : `<dd dir="auto">${escape(answer)}</dd>`}${this.others(others, "dd")}`;
  }

  // What somebody wrote, and beside it every other version of it.
  said({ words, also }) {
    const others = (also?.get(4) ?? []).map((version) => ({ ...version, text: version.value }));
    return `${words && `<p dir="auto">${escape(words)}</p>`}${this.others(others, "p")}`;
  }

  others(others, name) {
    const { words, inventory: { people } } = this;
    return others.map(({ text, at, device }) => {
      const when = [words.get("rescue.also"), people.of(device).name, words.time(at)].filter(Boolean).join(" · ");
      return `<${name} class="also"><bdi>${escape(when)}</bdi>: <bdi>${escape(text)}</bdi></${name}>`;
    }).join("");
  }

  async photo(photo) {
    const { media, blobs } = this.inventory;
    const item = media.get(photo.blob) ?? media.get(photo.thumbnail);
    const why = blobs.has(photo.blob) ? "photo.lost" : "rescue.not_here";
    const picture = item ? await this.image(item, photo.words) : `<p>${escape(this.words.get(why))}</p>`;
    return `<figure>${picture}<figcaption>${this.said(photo)}</figcaption></figure>`;
  }

  async image(item, words) {
    this.drawn.add(item);
    return `<img src="${await this.sourceOf(item)}" alt="${escape(words)}">`;
  }
}

async function sumOf(text) {
  return toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

export function escape(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(/[&<>"']/g, (sign) => names[sign]);
}
