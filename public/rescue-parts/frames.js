// Opens what the engine framed (docs/protocol.md, 3 and 5; docs/store-format.md, Circles and Frames).
// The engine checked who signed a frame before it kept it; here nothing is signed, only opened, and
// held against the root in its header.
import { xchacha20poly1305 } from "../vendor/xchacha20poly1305.js";
import { decode } from "./cbor.js";
import { inflate } from "./inflate.js";
import { derive, hash, isSame, message, number8, toHex } from "./labels.js";

const KEY_ROW = new TextEncoder().encode("key/");
const CIRCLE_END = 36;
const STREAM_END = 52;
const KEY_ROW_LENGTH = 60;
const HEADER_ROOT = 7;
const LENGTH_BYTES = 4;

// The keys of epochs. Two circles may use one stream id, so a stream and epoch may have two.
export class EpochKeys {
  found = new Map();

  // Takes a row of the store `circles`, where it is a key.
  take(rowKey, secret) {
    if (rowKey.length !== KEY_ROW_LENGTH || !isSame(rowKey.subarray(0, KEY_ROW.length), KEY_ROW)) return;
    if (secret.length !== 32) throw new Error("not a key");
    const circle = rowKey.slice(KEY_ROW.length, CIRCLE_END);
    const place = [circle, rowKey.slice(CIRCLE_END, STREAM_END), rowKey.slice(STREAM_END)];
    const name = toHex(rowKey.subarray(CIRCLE_END));
    this.found.set(name, [...(this.found.get(name) ?? []), { place, key: derive(secret, "body-key", ...place) }]);
  }

  // Which circle's place, and the key of bodies there.
  of(stream, epoch) {
    return this.found.get(toHex(stream) + toHex(number8(epoch))) ?? [];
  }
}

// {key, from, items: [{index, bytes}]}: the changes of one row of the store `frames`, as bytes. Throws where
// it does not open; the error holds as `opened` what came out of the body, if anything did.
export async function openFrame(rowKey, row, keys) {
  const [version, frame, seq, receivedAt] = decode(row);
  if (version !== 1) throw new Error("another version");
  const [header, , body] = decode(frame);
  const [stream, device] = [rowKey.slice(0, 16), rowKey.slice(16, 32)];
  const number = new DataView(rowKey.slice(32).buffer).getBigUint64(0);
  const opened = await openBody(readObject(body), stream, await hash("header", header), keys);
  try {
    const items = await readPack(opened, readObject(header).get(HEADER_ROOT));
    return { key: rowKey, from: { stream: toHex(stream), device: toHex(device), number, seq, receivedAt }, items };
  } catch (error) {
    throw Object.assign(error, { opened });
  }
}

async function openBody(body, stream, named, keys) {
  const [epoch, nonce, ciphertext] = [1, 2, 3].map((field) => body.get(field));
  for (const { place, key } of keys.of(stream, epoch)) {
    try {
      return xchacha20poly1305(await key, nonce, message("body", ...place, named)).decrypt(ciphertext);
    } catch {
      // Another circle's key, or a damaged body: the next key says.
    }
  }
  throw new Error("no key here opens it");
}

async function readPack(padded, root) {
  const pack = readObject(await inflate(unpad(padded)));
  const items = pack.get(2);
  // An item that is no list is the hash of a change that was taken out.
  const hashes = items.map((item) => (Array.isArray(item) ? hash("change", ...item) : item));
  const parts = await Promise.all([hash("pack-head", pack.get(1)), ...hashes]);
  if (!isSame(await hash("root", ...parts), root)) throw new Error("not the pack that its author signed");
  return items.flatMap((item, index) => (Array.isArray(item) ? [{ index, bytes: item[1] }] : []));
}

function unpad(padded) {
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (padded.length < end) throw new Error("not padded to its length");
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new Error("padding that is not zero");
  return padded.subarray(LENGTH_BYTES, end);
}

function readObject(bytes) {
  const fields = decode(bytes);
  if (fields.get(0) !== 1) throw new Error("another version");
  return fields;
}
