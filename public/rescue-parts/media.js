// The photos of one vault, opened one by one. What does not open is kept as it is and named.
import { toHex } from "./labels.js";

// Map of id to {id, file, content, bytes, sha256}, or to null where it lies here and does not open.
export async function takeMedia(inventory, folder, zip, onPhoto) {
  const { vault, blobs } = inventory;
  const unread = inventory.unread = inventory.unread.filter(({ store }) => store !== "blobs");
  const media = new Map();
  const take = async (id) => {
    const plain = await vault.openRow("blobs", blobs.get(id));
    onPhoto();
    media.set(id, plain && (await keep(id, `${folder}/${id}.jpg`, plain, zip)));
    if (!plain) unread.push({ store: "blobs", key: blobs.get(id), plain: null });
  };
  const previews = previewsOf(inventory);
  for (const id of blobs.keys()) if (!previews.has(id)) await take(id);
  // A small picture only in the place of a large one that is not here or does not open.
  for (const [id, photo] of previews) if (blobs.has(id) && !media.get(photo)) await take(id);
  return media;
}

export function photosOf({ records, drafts, loose }) {
  return [...loose, ...[...records, ...drafts].flatMap(({ photos }) => photos)];
}

export function countMedia(inventory) {
  const previews = previewsOf(inventory);
  return [...inventory.blobs.keys()].filter((id) => !previews.has(id)).length;
}

function previewsOf(inventory) {
  return new Map(photosOf(inventory).filter(({ thumbnail }) => thumbnail).map(({ thumbnail, blob }) => [thumbnail, blob]));
}

async function keep(id, file, plain, zip) {
  const sha256 = toHex(await crypto.subtle.digest("SHA-256", plain));
  const content = new Blob([plain], { type: "image/jpeg" });
  await zip.add(file, content);
  return { id, file, content, bytes: plain.length, sha256 };
}
