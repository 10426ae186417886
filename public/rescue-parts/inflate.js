// Raw deflate (RFC 1951), with a hard end. The browser's own where it has one; Safari before 16.4 and
// others of its age have none, and their words must come out as well.

// LONGEST_PACK of docs/protocol.md.
export const LONGEST = 196_608;
const LONGEST_CODE = 15;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

export async function inflate(bytes) {
  const native = startNative();
  return native ? readNative(bytes, native) : inflateHere(bytes);
}

function startNative() {
  try {
    return new DecompressionStream("deflate-raw");
  } catch {
    return null;
  }
}

async function readNative(bytes, native) {
  const reader = new Blob([bytes]).stream().pipeThrough(native).getReader();
  const out = new Output();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return out.whole();
    for (const byte of value) out.add(byte);
  }
}

export function inflateHere(bytes) {
  const input = new Bits(bytes);
  const out = new Output();
  for (let isLast = false; !isLast; ) {
    isLast = input.take(1) === 1;
    const kind = input.take(2);
    if (kind === 0) copyStored(input, out);
    else if (kind === 1) readBlock(input, out, fixedCodes());
    else if (kind === 2) readBlock(input, out, readCodes(input));
    else throw new Error("not a block of deflate");
  }
  if (!input.isAtEnd()) throw new Error("something follows");
  return out.whole();
}

function copyStored(input, out) {
  input.skipToByte();
  const length = input.take(16);
  if ((length ^ input.take(16)) !== 0xffff) throw new Error("a stored length that does not fit");
  for (let i = 0; i < length; i += 1) out.add(input.take(8));
}

function readBlock(input, out, { literals, distances }) {
  for (;;) {
    const sign = literals.read(input);
    if (sign < 256) out.add(sign);
    else if (sign === 256) return;
    else out.repeat(readLength(input, sign - 257), readDistance(input, distances.read(input)));
  }
}

// Each four further codes take one bit more, from 3 on; the last stands for 258 alone.
function readLength(input, code) {
  if (code > 28) throw new Error("not a length");
  if (code === 28) return 258;
  if (code < 8) return 3 + code;
  const extra = (code >> 2) - 1;
  return 3 + ((4 + (code & 3)) << extra) + input.take(extra);
}

// Each two further codes take one bit more, from 1 on.
function readDistance(input, code) {
  if (code > 29) throw new Error("not a distance");
  if (code < 4) return 1 + code;
  const extra = (code >> 1) - 1;
  return 1 + ((2 + (code & 1)) << extra) + input.take(extra);
}

function fixedCodes() {
  const lengths = Array.from({ length: 288 }, (_, sign) => (sign < 144 ? 8 : sign < 256 ? 9 : sign < 280 ? 7 : 8));
  return { literals: new Codes(lengths), distances: new Codes(Array(30).fill(5)) };
}

function readCodes(input) {
  const [most, mostDistances, mostLengths] = [257 + input.take(5), 1 + input.take(5), 4 + input.take(4)];
  const own = Array(19).fill(0);
  for (const place of LENGTH_ORDER.slice(0, mostLengths)) own[place] = input.take(3);
  const lengthCodes = new Codes(own);
  const lengths = [];
  while (lengths.length < most + mostDistances) {
    const sign = lengthCodes.read(input);
    if (sign < 16) lengths.push(sign);
    else if (sign === 16 && lengths.length === 0) throw new Error("repeats nothing");
    else if (sign === 16) lengths.push(...Array(3 + input.take(2)).fill(lengths[lengths.length - 1]));
    else lengths.push(...Array(sign === 17 ? 3 + input.take(3) : 11 + input.take(7)).fill(0));
  }
  if (lengths.length > most + mostDistances) throw new Error("more lengths than signs");
  return { literals: new Codes(lengths.slice(0, most)), distances: new Codes(lengths.slice(most)) };
}

// Huffman codes by their lengths: shorter before longer, of one length in the order of the signs.
class Codes {
  constructor(lengths) {
    this.counts = Array(LONGEST_CODE + 1).fill(0);
    for (const length of lengths) this.counts[length] += 1;
    this.counts[0] = 0;
    const signs = lengths.map((length, sign) => ({ length, sign })).filter(({ length }) => length > 0);
    this.signs = signs.sort((one, other) => one.length - other.length || one.sign - other.sign).map(({ sign }) => sign);
  }

  read(input) {
    let [code, first, before] = [0, 0, 0];
    for (let length = 1; length <= LONGEST_CODE; length += 1) {
      code = (code << 1) | input.take(1);
      const count = this.counts[length];
      if (code - first < count) return this.signs[before + code - first];
      before += count;
      first = (first + count) << 1;
    }
    throw new Error("not a code");
  }
}

class Bits {
  constructor(bytes) {
    Object.assign(this, { bytes, at: 0, held: 0, count: 0 });
  }

  take(count) {
    while (this.count < count) {
      if (this.at === this.bytes.length) throw new Error("ends early");
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const taken = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return taken;
  }

  skipToByte() {
    this.take(this.count);
  }

  isAtEnd() {
    return this.at === this.bytes.length;
  }
}

class Output {
  bytes = new Uint8Array(1024);
  length = 0;

  add(byte) {
    if (this.length === LONGEST) throw new Error("longer than a pack");
    if (this.length === this.bytes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.bytes);
      this.bytes = longer;
    }
    this.bytes[this.length++] = byte;
  }

  repeat(length, distance) {
    if (distance > this.length) throw new Error("repeats what is not there");
    for (let i = 0; i < length; i += 1) this.add(this.bytes[this.length - distance]);
  }

  whole() {
    return this.bytes.slice(0, this.length);
  }
}
