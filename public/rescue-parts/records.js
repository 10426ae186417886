// Reads changes and drafts, and folds changes into what they say now (docs/store-format.md).
import { decode, Reader } from "./cbor.js";

export const CHILD = 1;
export const PHOTO = 5;
const RECORD_OF = 1;
const DAY = 2;
const DELETED = 3;
const WORDS = 4;
const BLOB = 16;
const THUMBNAIL = 17;

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

// Each entity's present fields, by the later change; of two at one time, by the greater bytes.
export function fold(changes) {
  const entities = new Map();
  for (const { kind, entity, hlc, patch } of changes) {
    const known = entities.get(entity) ?? { id: entity, kind, first: hlc, last: hlc, held: new Map() };
    entities.set(entity, known);
    if (hlc < known.first) Object.assign(known, { first: hlc, kind });
    if (hlc > known.last) known.last = hlc;
    for (const [field, { value, raw }] of patch) {
      const held = known.held.get(field);
      if (!held || hlc > held.hlc || (hlc === held.hlc && isGreater(raw, held.raw))) {
        known.held.set(field, { hlc, value, raw });
      }
    }
  }
  return [...entities.values()].map(toEntity);
}

function toEntity({ id, kind, first, last, held }) {
  const fields = new Map([...held].filter(([, { value }]) => value !== null).map(([field, { value }]) => [field, value]));
  return {
    id,
    kind,
    fields,
    written: toMillis(first),
    changed: toMillis(last),
    day: fields.get(DAY) ?? null,
    words: fields.get(WORDS) ?? "",
    isDeleted: fields.has(DELETED),
    // A photo's place and pictures; a record's child.
    parent: idIn(fields.get(RECORD_OF)),
    blob: idIn(fields.get(BLOB)),
    thumbnail: idIn(fields.get(THUMBNAIL)),
  };
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
    fields: entries.get(7) ?? new Map(),
    written: Number(entries.get(3) ?? 0),
    changed: Number(entries.get(4) ?? 0),
    day: entries.get(6) ?? null,
    words: entries.get(7)?.get(WORDS) ?? "",
    parent: idIn(entries.get(5)),
    photos,
  };
}

export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function idIn(value) {
  return value instanceof Uint8Array && value.length === 16 ? toHex(value) : null;
}

function toMillis(hlc) {
  return Number(hlc >> 16n);
}

function isGreater(one, other) {
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    if (one[i] !== other[i]) return one[i] > other[i];
  }
  return one.length > other.length;
}
