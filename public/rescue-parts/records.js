// Reads changes and drafts, and folds changes into what they say now (docs/store-format.md).
import { decode, Reader } from "./cbor.js";
import { isSame, toHex } from "./labels.js";
import { readSheet } from "./sheet.js";

// In an erase frame: names an entity that went.
export const ERASED = 0;
export const CHILD = 1;
export const PHOTO = 5;
export const NOTE = 6;
// What people and devices are called, and that recovery words were made.
export const CARDS = [7, 8, 9];
const HANDOUT = 10;
const BEGINS = 0;
const RECORD_OF = 1;
const DAY = 2;
const DELETED = 3;
const WORDS = 4;
const BLOB = 16;
const THUMBNAIL = 17;
const SHEET = 17;

const MAP = 5;
const LIST = 4;

// {kind, entity, hlc, patch: Map of field to {value, raw}}. Throws on any other version or shape.
export function readChange(bytes) {
  const reader = new Reader(bytes);
  if (reader.length(LIST) !== 5 || reader.value() !== 1) throw new Error("another version");
  const change = { kind: reader.value(), entity: toHex(reader.value()), hlc: BigInt(reader.value()), patch: new Map() };
  const count = reader.length(MAP);
  for (let i = 0; i < count; i++) {
    const field = reader.value();
    const from = reader.at;
    const value = reader.value();
    change.patch.set(field, { value, raw: bytes.slice(from, reader.at) });
  }
  reader.end();
  return change;
}

// Each entity as the later change of each field has it, of two at one time the greater bytes.
// Every other version stands beside it: two people may have written without seeing each other's.
export function fold(changes) {
  const entities = new Map();
  for (const change of changes) {
    const known = entities.get(change.entity) ?? { first: change, last: change.hlc, said: new Map(), isFramed: true };
    entities.set(change.entity, known);
    if (isBefore(change, known.first)) known.first = change;
    if (!change.from) known.isFramed = false;
    if (change.hlc > known.last) known.last = change.hlc;
    for (const [field, { value, raw }] of change.patch) {
      const versions = known.said.get(field) ?? [];
      known.said.set(field, versions);
      // Read twice where the app moved it meanwhile.
      if (versions.some((known) => known.hlc === change.hlc && isSame(known.raw, raw))) continue;
      versions.push({ hlc: change.hlc, value, raw, at: toMillis(change.hlc), device: change.from?.device ?? null });
    }
  }
  return [...entities].map(([id, known]) => toEntity(id, known));
}

// The change that says it begins the entity decides what it is; without one, the earliest.
function isBefore(one, other) {
  return begins(one) === begins(other) ? one.hlc < other.hlc : begins(one);
}

function begins({ patch }) {
  return patch.get(BEGINS)?.value === true;
}

function toEntity(id, { first, last, said, isFramed }) {
  const [fields, also] = [new Map(), new Map()];
  for (const [field, versions] of said) {
    const [shown, ...others] = distinct(versions.sort(latestFirst));
    if (shown.value !== null) fields.set(field, shown.value);
    const kept = others.filter(({ value }) => value !== null);
    if (kept.length) also.set(field, kept);
  }
  return {
    id,
    kind: first.kind,
    isBegun: begins(first),
    // Its beginning is in no frame that opens here: damaged, or older than what this phone may read.
    isPart: isFramed && !begins(first),
    fields,
    // Every version of each field, the newest first, and those of them that differ from what is shown.
    said,
    also,
    device: first.from?.device ?? null,
    written: toMillis(first.hlc),
    changed: toMillis(last),
    day: fields.get(DAY) ?? null,
    words: fields.get(WORDS) ?? "",
    isDeleted: fields.has(DELETED),
    // A photo's place and pictures; a record's child; a note's record.
    parent: idIn(fields.get(RECORD_OF)),
    blob: idIn(fields.get(BLOB)),
    thumbnail: idIn(fields.get(THUMBNAIL)),
  };
}

function distinct(versions) {
  const values = new Map();
  for (const version of versions) {
    const name = typeof version.value === "string" ? version.value : version.raw.join();
    if (!values.has(name)) values.set(name, version);
  }
  return [...values.values()];
}

// The words of an unsaved record, with its photos' ids.
export function readDraft(id, bytes) {
  const [version, entries] = decode(bytes);
  if (version !== 1) throw new Error("another version");
  const photos = (entries.get(8) ?? []).map((photo) => ({
    blob: idIn(photo.get(2)),
    thumbnail: idIn(photo.get(3)),
    words: photo.get(6) ?? "",
  }));
  return {
    id,
    kind: entries.get(1),
    isEdit: entries.get(2) === 1,
    fields: entries.get(7) ?? new Map(),
    written: Number(entries.get(3) ?? 0),
    changed: Number(entries.get(4) ?? 0),
    day: entries.get(6) ?? null,
    words: entries.get(7)?.get(WORDS) ?? "",
    parent: idIn(entries.get(5)),
    photos: [...photos, ...photosOn({ kind: entries.get(1), fields: entries.get(7) ?? new Map() })],
  };
}

// The photos that a page to hand over shows; of any other record none.
export function photosOn({ kind, fields }) {
  const sheet = kind === HANDOUT ? fields.get(SHEET) : null;
  if (typeof sheet !== "string") return [];
  const shown = readSheet(sheet).flatMap(({ lines }) => lines.filter(({ isShown, blob }) => isShown && blob));
  return shown.map(({ blob, text }) => ({ blob, thumbnail: null, words: text }));
}

function idIn(value) {
  return value instanceof Uint8Array && value.length === 16 ? toHex(value) : null;
}

function toMillis(hlc) {
  return Number(hlc >> 16n);
}

function latestFirst(one, other) {
  if (one.hlc !== other.hlc) return one.hlc > other.hlc ? -1 : 1;
  for (let i = 0; i < Math.min(one.raw.length, other.raw.length); i++) {
    if (one.raw[i] !== other.raw[i]) return other.raw[i] - one.raw[i];
  }
  return other.raw.length - one.raw.length;
}
