// Everything one vault holds, read once; what does not read is kept aside and counted.
import { EpochKeys, openFrame } from "./frames.js";
import { isSame, toHex } from "./labels.js";
import { People } from "./people.js";
import { CARDS, CHILD, ERASED, fold, NOTE, PHOTO, photosOn, readChange, readDraft } from "./records.js";

const ENDING = new TextEncoder().encode("ending/");
const NOT_RECORDS = [CHILD, PHOTO, NOTE, ...CARDS];

export async function takeInventory(vault) {
  const unread = [];
  const people = new People();
  const changes = await readChanges(vault, people, unread);
  const drafts = await readAll(vault, "drafts", unread, (key, bytes) => readDraft(toHex(key), bytes));
  const blobs = new Map((await vault.rowKeys("blobs")).map((key) => [toHex(key), key]));
  await readAll(vault, "meta", unread, () => null);
  const arranged = arrange(changes);
  await people.arrange(arranged.cards);
  return { vault, changes, unread, blobs, people, ...arranged, drafts: drafts.sort((one, other) => other.changed - one.changed) };
}

// Those that wait and those in frames, without what was ended for good.
// A change moves from the first to the second in one step, so it is met in one of them at least.
async function readChanges(vault, people, unread) {
  const waiting = await readAll(vault, "changes", unread, (_, bytes) => readChange(bytes));
  const keys = new EpochKeys();
  await readAll(vault, "circles", unread, (key, bytes) => {
    keys.take(key, bytes);
    people.take(key, bytes);
  });
  const frames = await readAll(vault, "frames", unread, (key, bytes) => openFrame(key, bytes, keys));
  const framed = frames.flatMap((frame) => readItems(frame, unread));
  const ended = new Set((await vault.rowKeys("meta")).map((key) => endedBy(new Uint8Array(key))));
  return [...waiting, ...framed].filter(({ entity }) => !ended.has(entity));
}

function readItems({ key, from, items }, unread) {
  return items.flatMap(({ index, bytes }) => {
    try {
      return [{ ...readChange(bytes), from: { ...from, index } }];
    } catch {
      unread.push({ store: "frames", key, item: index, plain: bytes });
      return [];
    }
  });
}

function endedBy(key) {
  const isEnding = key.length === ENDING.length + 16 && isSame(key.subarray(0, ENDING.length), ENDING);
  return isEnding ? toHex(key.subarray(ENDING.length)) : null;
}

function arrange(changes) {
  const erased = new Set(changes.filter(({ kind }) => kind === ERASED).map(({ entity }) => entity));
  // What an erase frame names is gone when its beginning is; the word of a frame alone hides nothing.
  const entities = fold(changes).filter(({ id, isBegun }) => isBegun || !erased.has(id));
  const ids = new Set(entities.map(({ id }) => id));
  const [photos, notes] = [PHOTO, NOTE].map((wanted) => entities.filter(({ kind }) => kind === wanted));
  const records = entities.filter(({ kind }) => !NOT_RECORDS.includes(kind)).map((record) => ({
    ...record,
    photos: [...photos.filter(({ parent, isDeleted }) => parent === record.id && !isDeleted), ...photosOn(record)],
    notes: notes.filter(({ parent }) => parent === record.id).sort((one, other) => one.written - other.written),
  }));
  const aside = notes.filter(({ parent }) => !records.some(({ id }) => id === parent));
  return {
    children: entities.filter(({ kind }) => kind === CHILD),
    cards: entities.filter(({ kind }) => CARDS.includes(kind)),
    records: [...records, ...aside.map((note) => ({ ...note, photos: [], notes: [] }))].sort((one, other) => whenOf(other) - whenOf(one)),
    // Photos taken out of their record, or whose record is not here, are somebody's photos still.
    loose: photos.filter(({ parent, isDeleted }) => isDeleted || !ids.has(parent)),
  };
}

async function readAll(vault, store, unread, read) {
  const found = [];
  for (const key of await vault.rowKeys(store)) {
    const plain = await vault.openRow(store, key);
    try {
      if (!plain) throw new Error("does not open");
      found.push(await read(new Uint8Array(key), plain));
    } catch ({ opened }) {
      // Opened bytes of a later build are worth more than sealed ones; keys stay sealed.
      const isWords = store !== "circles" && store !== "meta";
      // A row that the app took away meanwhile lies in `frames` now, or was to go.
      if (await vault.sealedRow(store, key)) unread.push({ store, key, plain: isWords ? opened ?? plain : null });
    }
  }
  return found;
}

// By the day it happened; a record without one by when it was written.
function whenOf({ day, written }) {
  return day === null ? written : Number(day) * 86_400_000;
}
