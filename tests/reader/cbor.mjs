// Deterministic CBOR, read strictly (docs/protocol.md, 2). Maps become Map, byte strings Buffer.

const DEEPEST = 8;
const MOST_ITEMS = 131_072;
const MOST_MAPS = 16_384;

export function readCbor(bytes) {
  const [value, end] = readValue(bytes, 0, DEEPEST, { items: MOST_ITEMS, maps: MOST_MAPS });
  if (end !== bytes.length) throw new Error("bytes after the end");
  return value;
}

function readValue(bytes, at, depthLeft, room) {
  const first = bytes[at];
  if (first === undefined) throw new Error("ends early");
  const major = first >> 5;
  if (major === 7) return [readSimple(first), at + 1];
  const [number, next] = readNumber(bytes, at, first & 31);
  switch (major) {
    case 0: return [number, next];
    case 1: return [-1 - number, next];
    case 2: return [slice(bytes, next, number), next + number];
    case 3: return [new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(slice(bytes, next, number)), next + number];
    case 4: return readItems(bytes, next, number, depthLeft, room);
    case 5: return readMap(bytes, next, number, depthLeft, room);
    default: throw new Error("a type that is not allowed");
  }
}

function readSimple(first) {
  if (first === 0xf4) return false;
  if (first === 0xf5) return true;
  if (first === 0xf6) return null;
  throw new Error("a simple value that is not allowed");
}

function readNumber(bytes, at, short) {
  if (short < 24) return [short, at + 1];
  const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[short];
  if (!size) throw new Error("an indefinite length");
  const raw = slice(bytes, at + 1, size);
  const number = size === 8 ? raw.readBigUInt64BE() : BigInt(raw.readUIntBE(0, size));
  const least = { 1: 24n, 2: 0x100n, 4: 0x10000n, 8: 0x100000000n }[size];
  if (number < least) throw new Error("not the shortest form");
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("larger than this reader counts");
  return [Number(number), at + 1 + size];
}

function takeRoom(room, count) {
  room.items -= count;
  if (room.items < 0 || room.maps < 0) throw new Error("more in it than allowed");
}

function readItems(bytes, at, count, depthLeft, room) {
  if (depthLeft === 0) throw new Error("nested too deep");
  takeRoom(room, count);
  const items = [];
  for (let index = 0; index < count; index += 1) {
    let item;
    [item, at] = readValue(bytes, at, depthLeft - 1, room);
    items.push(item);
  }
  return [items, at];
}

function readMap(bytes, at, count, depthLeft, room) {
  if (depthLeft === 0) throw new Error("nested too deep");
  room.maps -= 1;
  takeRoom(room, count);
  const map = new Map();
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    let key, value;
    [key, at] = readValue(bytes, at, 0, room);
    if (!Number.isInteger(key) || key <= last) throw new Error("keys out of order");
    last = key;
    [value, at] = readValue(bytes, at, depthLeft - 1, room);
    map.set(key, value);
  }
  return [map, at];
}

function slice(bytes, at, length) {
  if (at + length > bytes.length) throw new Error("ends early");
  return Buffer.from(bytes.subarray(at, at + length));
}

/** Writes what this reader has to write: numbers, byte strings, texts, lists and maps. */
export function writeCbor(value) {
  if (typeof value === "number") return head(0, value);
  if (typeof value === "string") return withHead(3, Buffer.from(value, "utf8"));
  if (value instanceof Uint8Array) return withHead(2, Buffer.from(value));
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(writeCbor)]);
  if (value instanceof Map) {
    const entries = [...value].sort(([a], [b]) => a - b);
    const parts = entries.flatMap(([key, item]) => [writeCbor(key), writeCbor(item)]);
    return Buffer.concat([head(5, value.size), ...parts]);
  }
  if (value === true) return Buffer.from([0xf5]);
  if (value === false) return Buffer.from([0xf4]);
  throw new Error("nothing this reader writes");
}

function withHead(major, bytes) {
  return Buffer.concat([head(major, bytes.length), bytes]);
}

function head(major, number) {
  const top = major << 5;
  if (number < 24) return Buffer.from([top | number]);
  if (number < 0x100) return Buffer.from([top | 24, number]);
  if (number < 0x10000) return Buffer.from([top | 25, number >> 8, number & 255]);
  const bytes = Buffer.alloc(number < 0x100000000 ? 5 : 9);
  bytes[0] = top | (bytes.length === 5 ? 26 : 27);
  if (bytes.length === 5) bytes.writeUInt32BE(number, 1);
  else bytes.writeBigUInt64BE(BigInt(number), 1);
  return bytes;
}
