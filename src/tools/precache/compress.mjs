// Writes .br and .gz beside every file of a folder where that saves bytes, in parallel.
// A copy that already holds the file's bytes stays, so that running again takes no time.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const ALREADY_SMALL = /\.(br|gz|map|png|jpe?g|webp|woff2)$/;
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN, BROTLI_PARAM_LGBLOCK } = zlib.constants;
// Which block size packs a file best is not known beforehand: half a percent of the wasm. 0 is brotli's own choice.
const BLOCKS = [0, 20];
const FORMATS = [
  {
    ending: ".br",
    pack: async (bytes) => {
      const packed = await Promise.all(BLOCKS.map((block) => promisify(zlib.brotliCompress)(bytes, {
        params: {
          [BROTLI_PARAM_QUALITY]: 11,
          [BROTLI_PARAM_LGWIN]: 24,
          [BROTLI_PARAM_LGBLOCK]: block,
          [BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      })));
      return packed.reduce((best, other) => (other.length < best.length ? other : best));
    },
    unpack: promisify(zlib.brotliDecompress),
  },
  { ending: ".gz", pack: (bytes) => promisify(zlib.gzip)(bytes, { level: 9 }), unpack: promisify(zlib.gunzip) },
];

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && !ALREADY_SMALL.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.flatMap((file) => FORMATS.map((format) => compress(file, format))));

async function compress(file, { ending, pack, unpack }) {
  const bytes = await readFile(file);
  const sibling = file + ending;
  if (await holds(sibling, unpack, bytes)) return;
  const packed = await pack(bytes);
  if (packed.length < bytes.length) await writeFile(sibling, packed);
  else await rm(sibling, { force: true });
}

async function holds(sibling, unpack, bytes) {
  try {
    return (await unpack(await readFile(sibling))).equals(bytes);
  } catch {
    return false;
  }
}
