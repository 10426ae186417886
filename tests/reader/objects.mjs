// The objects of docs/protocol.md 4 to 8, opened and checked.

import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { readCbor, writeCbor } from "./cbor.mjs";
import { derive, hash, message, number8, openChaCha, openHpke, openXChaCha, sealChaCha, verify } from "./crypto.mjs";

export function readObject(bytes) {
  const fields = readCbor(bytes);
  if (!(fields instanceof Map) || fields.get(0) !== 1) throw new Error("not an object of version 1");
  return fields;
}

export function padme(length) {
  if (length <= 256) return 256;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** (exponent - kept);
  return Math.ceil(length / unit) * unit;
}

export function pad(content) {
  const padded = Buffer.alloc(padme(4 + content.length));
  padded.writeUInt32BE(content.length);
  content.copy(padded, 4);
  return padded;
}

export function unpad(padded) {
  const length = padded.readUInt32BE();
  if (padded.length !== padme(4 + length)) throw new Error("not padded to its length");
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) throw new Error("padding that is not zero");
  return padded.subarray(4, 4 + length);
}

export const deviceId = (signing, sealing) => hash("device", signing, sealing).subarray(0, 16);

/** The 16 bytes that twelve words say. */
export function readWords(words, list) {
  const places = words.split(" ").map((word) => list.indexOf(word));
  if (places.length !== 12 || places.includes(-1)) throw new Error("not twelve words of the list");
  const bits = places.map((place) => place.toString(2).padStart(11, "0")).join("");
  const entropy = Buffer.from(bits.slice(0, 128).match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const checksum = createHash("sha256").update(entropy).digest()[0] >> 4;
  if (checksum !== parseInt(bits.slice(128), 2)) throw new Error("the words do not fit together");
  return entropy;
}

/** One signed control entry; `keyOf` gives the signing key of a device id. */
export function readEntry(bytes, keyOf) {
  const [payload, signature] = readCbor(bytes);
  const fields = readObject(payload);
  const entryHash = hash("entry", payload);
  const acts = fields.get(4);
  const genesis = fields.get(1) === 1 ? acts[0][2].get(2) : undefined;
  const key = genesis ? genesis.get(1) : keyOf(fields.get(3).toString("hex"));
  verify(key, signature, "entry-signed", entryHash);
  return { seq: fields.get(1), prev: fields.get(2), signer: fields.get(3), acts, hash: entryHash };
}

export const headerHash = (header) => hash("header", header);

export function openFrame(bytes, { circle, stream, author, keys }) {
  const [header, signature, body] = readCbor(bytes);
  const named = headerHash(header);
  verify(author, signature, "frame", circle, stream, named);
  const fields = readObject(header);
  const sealed = readObject(body);
  const epoch = number8(sealed.get(1));
  const key = derive(keys[sealed.get(1) - 1], "body-key", circle, stream, epoch);
  const place = message("body", circle, stream, epoch, named);
  const plain = openXChaCha(key, sealed.get(2), sealed.get(3), place);
  const pack = readObject(inflateRawSync(unpad(plain), { maxOutputLength: 192 * 1024 }));
  const root = hash("root", hash("pack-head", pack.get(1)), ...pack.get(2).map(itemHash));
  if (!root.equals(fields.get(7))) throw new Error("not the pack that the header signs");
  return { header: fields, headerHash: named, body, epoch: sealed.get(1), head: readObject(pack.get(1)), items: pack.get(2), root };
}

const itemHash = (item) => (Array.isArray(item) ? hash("change", item[0], item[1]) : item);

export function readShown(bytes, author) {
  const shown = readObject(bytes);
  const header = shown.get(3);
  verify(author, shown.get(4), "frame", shown.get(1), shown.get(2), headerHash(header));
  const hashes = shown.get(5);
  const own = hash("change", shown.get(7), shown.get(8));
  if (!hashes[1 + shown.get(6)].equals(own)) throw new Error("not the change that was named");
  if (!hash("root", ...hashes).equals(readObject(header).get(7))) throw new Error("another root");
  return shown.get(8);
}

export const logStart = (circle, stream, log) => hash("log-start", circle, stream, log);

export const logNext = (running, seq, receivedAt, header) =>
  hash("running", running, number8(seq), number8(receivedAt), header);

export function readSignedHead(bytes, server) {
  const head = readObject(bytes);
  verify(server, head.get(7), "head", head.get(1), head.get(2), head.get(3), number8(head.get(4)), head.get(5), number8(head.get(6)));
  return head;
}

export function readReceipt(bytes, server) {
  const receipt = readObject(bytes);
  verify(server, receipt.get(7), "receipt", receipt.get(1), receipt.get(2), receipt.get(3), number8(receipt.get(4)), receipt.get(5), number8(receipt.get(6)));
  return receipt;
}

export function openGrant(bytes, circle, to, secret) {
  const grant = readObject(bytes);
  const list = grant.get(2);
  const opened = openHpke(secret, grant.get(3), message("grant", circle, to), writeCbor(list), grant.get(4));
  return list.map(([stream, epoch], at) => ({ stream, epoch, key: opened.subarray(32 * at, 32 * at + 32) }));
}

const CHUNK = 65_536;

function blobNonce(index, isLast) {
  return Buffer.concat([Buffer.alloc(3), number8(index), Buffer.from([isLast ? 1 : 0])]);
}

export function openBlob(key, sealed) {
  const parts = [];
  const count = Math.ceil(sealed.length / (CHUNK + 16));
  for (let index = 0; index < count; index += 1) {
    const chunk = sealed.subarray(index * (CHUNK + 16), (index + 1) * (CHUNK + 16));
    parts.push(openChaCha(key, blobNonce(index, index + 1 === count), chunk));
  }
  return unpad(Buffer.concat(parts));
}

export function sealBlob(key, content) {
  const plain = pad(content);
  const count = Math.ceil(plain.length / CHUNK);
  const parts = [];
  for (let index = 0; index < count; index += 1) {
    const chunk = plain.subarray(index * CHUNK, (index + 1) * CHUNK);
    parts.push(sealChaCha(key, blobNonce(index, index + 1 === count), chunk));
  }
  return Buffer.concat(parts);
}
