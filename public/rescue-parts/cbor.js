// Reads the CBOR of docs/store-format.md: whole numbers, bytes, texts, lists, maps by number, yes, no, empty.
// Anything else throws: a row that cannot be read is exported as it is.

const DEEPEST = 12;

export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  value(depth = 0) {
    if (depth > DEEPEST) throw new Error("nested too deep");
    const { major, count } = this.head();
    switch (major) {
      case 0: return count;
      case 1: return typeof count === "bigint" ? -1n - count : -1 - count;
      case 2: return this.take(count).slice();
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(this.take(count));
      case 4: return this.repeat(count, () => this.value(depth + 1));
      case 5: return new Map(this.repeat(count, () => [this.value(depth + 1), this.value(depth + 1)]));
      case 7: return this.simple(count);
      default: throw new Error("not a type of this format");
    }
  }

  // A list's or map's length, where its entries are read one by one.
  length(wanted) {
    const { major, count } = this.head();
    if (major !== wanted) throw new Error("another shape");
    return count;
  }

  end() {
    if (this.at !== this.bytes.length) throw new Error("something follows");
  }

  head() {
    const first = this.take(1)[0];
    const size = first & 31;
    if (size < 24) return { major: first >> 5, count: size };
    if (size > 27) throw new Error("not a length of this format");
    let count = 0n;
    for (const byte of this.take(2 ** (size - 24))) count = (count << 8n) | BigInt(byte);
    return { major: first >> 5, count: count > Number.MAX_SAFE_INTEGER ? count : Number(count) };
  }

  simple(count) {
    if (count === 20) return false;
    if (count === 21) return true;
    if (count === 22) return null;
    throw new Error("not a type of this format");
  }

  repeat(count, read) {
    // Each entry takes a byte at least, so a false length ends here and not in a full memory.
    if (count > this.bytes.length) throw new Error("ends early");
    return Array.from({ length: Number(count) }, read);
  }

  take(count) {
    const end = this.at + Number(count);
    if (end > this.bytes.length) throw new Error("ends early");
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }
}

export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}
