// One zip of stored files, as every system opens them: photos do not get smaller, and words are small.
// What it is made of stays with the browser, which may put it on disk: nothing is held whole in memory.

const [MOST_BYTES, MOST_FILES] = [0xffff_ffff, 0xffff];
const AT_ONCE = 1 << 20;
const UTF8_NAME = 0x800;
const [FILE, ENTRY, END] = [0x0403_4b50, 0x0201_4b50, 0x0605_4b50];

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  return value;
});

export class Zip {
  parts = [];
  entries = [];
  size = 0;
  // How long the list at the end is.
  listed = 0;

  constructor(made) {
    const [hours, days] = [made.getHours() * 2048 + made.getMinutes() * 32, (made.getFullYear() - 1980) * 512 + (made.getMonth() + 1) * 32 + made.getDate()];
    this.time = [2, hours + (made.getSeconds() >> 1), 2, days];
  }

  // Throws `TooLarge` where this form of zip ends: at 4 GB, or 65,535 files.
  async add(name, content) {
    const sum = await sumOf(content);
    const path = new TextEncoder().encode(name);
    const about = [2, 10, 2, UTF8_NAME, 2, 0, ...this.time, 4, sum, 4, content.size, 4, content.size, 2, path.length, 2, 0];
    this.entries.push(numbers(4, ENTRY, 2, 20, ...about, 2, 0, 2, 0, 2, 0, 4, 0, 4, this.size), path);
    for (const part of [numbers(4, FILE, ...about), path, content]) {
      this.parts.push(part);
      this.size += part.size ?? part.length;
    }
    this.listed += 46 + path.length;
    if (this.size + this.listed >= MOST_BYTES || this.entries.length / 2 >= MOST_FILES) throw Object.assign(new Error("4 GB"), { name: "TooLarge" });
  }

  blob() {
    const count = this.entries.length / 2;
    const end = numbers(4, END, 2, 0, 2, 0, 2, count, 2, count, 4, this.listed, 4, this.size, 2, 0);
    return new Blob([...this.parts, ...this.entries, end], { type: "application/zip" });
  }
}

async function sumOf(content) {
  let sum = 0xffff_ffff;
  for (let at = 0; at < content.size; at += AT_ONCE) {
    const bytes = new Uint8Array(await content.slice(at, at + AT_ONCE).arrayBuffer());
    for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  }
  return ~sum >>> 0;
}

// Pairs of a length in bytes and a number, the smallest byte first.
function numbers(...pairs) {
  const bytes = [];
  for (let i = 0; i < pairs.length; i += 2) {
    for (let place = 0; place < pairs[i]; place++) bytes.push((pairs[i + 1] >>> (8 * place)) & 255);
  }
  return new Uint8Array(bytes);
}
