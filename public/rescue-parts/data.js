// Everything for a program, as docs/export-format.md has it: ids, codes and words, each version with its time.
import { toBase64, toHex } from "./labels.js";
import { readSheet } from "./sheet.js";
import { FIELDS, KINDS } from "./words.js";

const NAMES = { 1: "child", 5: "photo", 7: "name-of-person", 8: "name-of-device", 9: "recovery-words" };
// Of every kind; a note's and a photo's 1 is its record.
const COMMON = { 1: "of", 2: "day", 3: "deleted", 4: "words" };
const [DAY, DELETED, TECHNICAL, PHOTO, SHEET, HANDOUT] = [2, 3, 16, 5, 17, 10];
const DAY_LONG = 86_400_000;

export async function addData(inventories, words, made, data) {
  data.add(`{"format":"hearth-export","version":1,"made":"${made.toISOString()}","language":"${words.language}","vaults":[`);
  for (const [i, inventory] of inventories.entries()) {
    data.add(i ? "," : "");
    await addVault(inventory, new Writer(inventory, words), data);
  }
  data.add("]}");
}

async function addVault({ vault, children, cards, records, drafts, loose, media, people, unread }, writer, data) {
  const list = async (name, values, write) => {
    data.add(`,"${name}":[`);
    for (const [i, value] of values.entries()) data.add((i ? ",\n" : "") + JSON.stringify(await write(value), plain));
    data.add("]");
  };
  data.add(`{"name":${JSON.stringify(vault.database.name)},"locked":${vault.isLocked}`);
  await list("children", children, (child) => writer.entity(child));
  await list("cards", cards, (card) => writer.entity(card));
  await list("devices", [...people.devices.keys()], (device) => people.of(device));
  await list("records", records, (record) => writer.record(record));
  await list("drafts", drafts, (draft) => writer.record(draft));
  await list("loose_photos", loose, (photo) => writer.photo(photo));
  await list("media", [...media.values()].filter(Boolean), ({ id, file, bytes, sha256 }) => ({ id, file, type: "image/jpeg", bytes, sha256 }));
  await list("unread", unread, async ({ store, key, item, plain: opened }) => (
    { store, key: toHex(key), item, sealed: !opened, bytes: opened ?? (await vault.sealedRow(store, key)) }
  ));
  data.add("}");
}

class Writer {
  constructor(inventory, words) {
    Object.assign(this, { inventory, words });
  }

  record({ photos, notes = [], ...record }) {
    return {
      ...this.entity(record),
      is_edit: record.isEdit,
      page: record.kind === HANDOUT ? this.page(record.fields.get(SHEET)) : undefined,
      photos: photos.map((photo) => this.photo(photo)),
      notes: notes.map((note) => this.entity(note)),
    };
  }

  entity(entity) {
    const { id, kind, day, written, changed, parent, said, device, isPart, fields } = entity;
    return {
      id,
      kind: kindName(kind),
      kind_words: KINDS[kind] && this.words.kind(kind),
      of: parent,
      day: write(DAY, day),
      written: time(written),
      changed: time(changed),
      by: said && this.inventory.people.of(device),
      deleted: write(DELETED, fields.get(DELETED) ?? null),
      is_part: isPart,
      fields: [...(said ?? fields).keys()].filter((field) => field > 0 && (kind !== PHOTO || field < TECHNICAL)).map((field) => this.field(entity, field)),
    };
  }

  field({ kind, fields, said }, field) {
    const question = FIELDS[kind]?.[field];
    const value = (value) => {
      const words = question && typeof value === "string" ? this.words.answer(question, value) : value;
      return { value: write(field, value), words: words === value ? undefined : words };
    };
    return {
      field: Number(field),
      name: COMMON[field] ?? question?.split(".").at(-1),
      question: question && this.words.get(question),
      ...value(fields.get(field) ?? null),
      versions: said?.get(field).map((version) => ({ ...value(version.value), at: time(version.at), by: this.inventory.people.of(version.device) })),
    };
  }

  // A photo of a record has fields of its own; one on a page to hand over, or of a draft, only its words.
  photo({ blob, thumbnail, words, ...photo }) {
    const { media, blobs } = this.inventory;
    const item = media.get(blob) ?? media.get(thumbnail);
    const damaged = blobs.has(blob) ? "damaged" : "absent";
    return { ...(photo.fields && this.entity(photo)), words, media: blob, file: item?.file ?? null, state: item ? (item.id === blob ? "whole" : "preview") : damaged };
  }

  page(sheet) {
    const line = ({ isShown, question, answer, blob, text }) => ({ shown: isShown, question, answer, media: blob, text });
    return readSheet(String(sheet ?? "")).map(({ record, kind, lines }) => ({ record, kind, lines: lines.map(line) }));
  }
}

export function kindName(kind) {
  return NAMES[kind] ?? KINDS[kind]?.split(".")[1] ?? `kind-${kind}`;
}

function write(field, value) {
  const isNumber = typeof value === "number" || typeof value === "bigint";
  if (field === DAY && isNumber) return time(Number(value) * DAY_LONG)?.split("T")[0] ?? null;
  if (field === DELETED && isNumber) return time(Number(value));
  return value;
}

// ISO 8601, in UTC.
function time(millis) {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function plain(name, value) {
  if (value instanceof Uint8Array) return name === "bytes" ? toBase64(value) : toHex(value);
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === "bigint" ? value.toString() : value;
}
