// A backup file, opened as docs/backup-format.md says.

import { createHmac } from "node:crypto";
import { argon2id } from "./argon2.mjs";
import { readCbor } from "./cbor.mjs";
import { openBox } from "./crypto.mjs";

const HEADER = 64;
const SEAL = 41;
const NO_ROW = 0xffffffff;

/**
 * One file: `{set, part, rows, damaged, isCutOff}`. Which backup it is of and which part of it, the rows that are whole, the numbers of the
 * chunks that do not open.
 */
export function openBackup(file, passphrase) {
  const { header, bits, key } = openHeader(file, passphrase);
  const stride = (1 << bits) + SEAL;
  const body = file.subarray(HEADER);
  const count = Math.floor(body.length / stride);
  const set = header.toString("hex", 40, 56);
  const found = { set, part: header[8] === 1 ? 1 : header.readUInt16BE(10), rows: [], damaged: [], isCutOff: body.length % stride !== HEADER || count === 0 };
  let begun = null;
  for (let number = 0; number < count; number += 1) {
    const box = body.subarray(number * stride, (number + 1) * stride);
    const opened = openChunk(key, header, number, box);
    if (!opened) {
      found.damaged.push(number);
      begun = null;
      continue;
    }
    if (number === count - 1 && !opened.isLast) found.isCutOff = true;
    const mark = opened.plain.readUInt32BE(0);
    const bytes = opened.plain.subarray(4);
    if (begun) begun = Buffer.concat([begun, bytes]);
    else if (mark !== NO_ROW) begun = bytes.subarray(mark);
    if (begun) begun = takeRows(begun, found.rows);
  }
  return found;
}

/**
 * The parts of one backup: `{rows, damaged, missing}`. Every row once, by part the numbers of the chunks that do not open, the parts that are
 * known to be and are not here.
 */
export function openParts(files, passphrase) {
  const parts = files.map((file) => openBackup(file, passphrase));
  if (new Set(parts.map(({ set }) => set)).size > 1) throw new Error("parts of more than one backup");
  const rows = new Map();
  let least = 0;
  for (const part of parts) {
    for (const row of part.rows.filter(({ table }) => table !== "index")) {
      const name = `${row.table}/${row.key.toString("hex")}`;
      if (!rows.has(name)) rows.set(name, row);
    }
    // Only the index at the end counts what went in.
    const index = part.rows.filter(({ table }) => table === "index").map(readIndex).find(({ counts }) => counts.size > 0);
    const hasMore = index !== undefined && index.parts === 0;
    least = Math.max(least, part.part + (hasMore ? 1 : 0));
  }
  const here = new Set(parts.map(({ part }) => part));
  const all = Array.from({ length: least }, (_, at) => at + 1);
  return {
    rows: [...rows.values()],
    damaged: new Map(parts.filter(({ damaged }) => damaged.length > 0).map(({ part, damaged }) => [part, damaged])),
    missing: all.filter((part) => !here.has(part)),
  };
}

/** `parts` is 0 in every part but the last. A file of version 1 is all of it, and its index has no such number. */
export function readIndex(row) {
  const [version, made, circle, epochs, counts, parts] = readCbor(row.value);
  if (version !== 1) throw new Error("an index of a later version");
  return { made, circle, epochs, counts: new Map(counts), parts: parts ?? 1 };
}

function openHeader(file, passphrase) {
  const tries = [file.subarray(0, HEADER), file.subarray(Math.max(0, file.length - HEADER))];
  let why;
  for (const header of tries) {
    try {
      return checkHeader(Buffer.from(header), passphrase);
    } catch (error) {
      why ??= error;
    }
  }
  throw why;
}

function checkHeader(header, passphrase) {
  if (header.length !== HEADER || header.toString("latin1", 0, 8) !== "HEARTHBK") throw new Error("not a backup");
  if (header[8] !== 1 && header[8] !== 2) throw new Error("a backup of a later version");
  const [memory, passes, lanes] = [12, 16, 20].map((at) => header.readUInt32BE(at));
  const bits = header[9];
  const isNumbered = (header.readUInt16BE(10) > 0) === (header[8] === 2);
  const isSane = bits >= 10 && bits <= 20 && isNumbered
    && memory >= 8 * lanes && memory <= 262_144 && passes >= 1 && passes <= 16 && lanes >= 1 && lanes <= 4;
  if (!isSane) throw new Error("not a backup");
  const words = Buffer.from(passphrase.normalize("NFKC").trim().split(/\s+/u).join(" "), "utf8");
  const secret = argon2id(words, header.subarray(24, 40), { memory, passes, lanes }, 32);
  const check = derive(secret, `backup/check/${header.toString("hex", 0, 56)}`).subarray(0, 8);
  if (!check.equals(header.subarray(56))) throw new Error("another passphrase");
  return { header, bits, key: derive(secret, "backup/chunk") };
}

/** HKDF-SHA256 without salt, 32 bytes: one block. */
function derive(secret, purpose) {
  const extracted = createHmac("sha256", Buffer.alloc(32)).update(secret).digest();
  return createHmac("sha256", extracted).update(`hearth/1/${purpose}`).update(Buffer.from([1])).digest();
}

function openChunk(key, header, number, box) {
  const place = (isLast) => {
    const end = Buffer.alloc(5);
    end.writeUInt32BE(number);
    end[4] = isLast ? 1 : 0;
    return Buffer.concat([Buffer.from("hearth/1/backup-chunk\0"), header, end]);
  };
  for (const isLast of [false, true]) {
    try {
      return { plain: openBox(key, place(isLast), box), isLast };
    } catch {
      // The other one, or it is damaged.
    }
  }
  return null;
}

/** Takes the whole rows off the beginning; what is left is the beginning of the next. */
function takeRows(bytes, rows) {
  for (;;) {
    if (bytes.length === 0 || bytes[0] === 0) return bytes;
    let at = 1 + bytes[0];
    if (bytes.length < at + 2) return bytes;
    const keyEnd = at + 2 + bytes.readUInt16BE(at);
    if (bytes.length < keyEnd + 4) return bytes;
    const end = keyEnd + 4 + bytes.readUInt32BE(keyEnd);
    if (bytes.length < end) return bytes;
    rows.push({
      table: bytes.toString("utf8", 1, at),
      key: bytes.subarray(at + 2, keyEnd),
      value: bytes.subarray(keyEnd + 4, end),
    });
    bytes = bytes.subarray(end);
  }
}
