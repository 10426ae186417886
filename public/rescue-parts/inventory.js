// Everything one vault holds, read once; what does not read is kept aside and counted.
import { CHILD, fold, PHOTO, readChange, readDraft, toHex } from "./records.js";

export async function takeInventory(vault) {
  const unread = [];
  const changes = await readAll(vault, "changes", unread, (_, bytes) => readChange(bytes));
  const drafts = await readAll(vault, "drafts", unread, readDraft);
  const meta = (await vault.rowKeys("meta")).length;
  const blobs = new Map((await vault.rowKeys("blobs")).map((key) => [toHex(key), key]));
  const entities = fold(changes);
  const photos = entities.filter(({ kind }) => kind === PHOTO);
  const photosOf = (id) => photos.filter(({ parent, isDeleted }) => parent === id && !isDeleted);
  return {
    vault,
    changes,
    unread,
    meta,
    blobs,
    children: entities.filter(({ kind }) => kind === CHILD),
    records: entities
      .filter(({ kind }) => kind !== CHILD && kind !== PHOTO)
      .map((record) => ({ ...record, photos: photosOf(record.id) }))
      .sort((one, other) => whenOf(other) - whenOf(one)),
    // Photos taken out of their record, or whose record is not here, are somebody's photos still.
    loose: photos.filter(({ parent, isDeleted }) => isDeleted || !entities.some(({ id }) => id === parent)),
    drafts: drafts.sort((one, other) => other.changed - one.changed),
  };
}

async function readAll(vault, store, unread, read) {
  const found = [];
  for (const key of await vault.rowKeys(store)) {
    const plain = await vault.openRow(store, key);
    try {
      if (!plain) throw new Error("does not open");
      found.push(read(toHex(key), plain));
    } catch {
      // Opened bytes of a later build are worth more than sealed ones.
      unread.push({ store, key, plain });
    }
  }
  return found;
}

// By the day it happened; a record without one by when it was written.
function whenOf({ day, written }) {
  return day === null ? written : Number(day) * 86_400_000;
}
