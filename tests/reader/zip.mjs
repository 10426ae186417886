// Opens a zip of stored files, written from the format's own description (APPNOTE 6.3, 4.3) and nothing of ours. It
// takes no file on trust: what the list at the end says, the head of each file and its bytes must say too.
import { gzipSync } from "node:zlib";

/** Every file by its name. Throws where anything does not fit. */
export function openZip(zip) {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end), 0x06054b50, "it ends with its list's end, without a comment");
  expect(zip.readUInt16LE(end + 4) + zip.readUInt16LE(end + 6) + zip.readUInt16LE(end + 20), 0, "one disk, no comment");
  const [count, size, start] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)];
  expect(zip.readUInt16LE(end + 8), count, "files on this disk");
  expect(start + size, end, "the list reaches to its end");
  const files = new Map();
  let [at, next] = [start, 0];
  for (let i = 0; i < count; i++) {
    expect(zip.readUInt32LE(at), 0x02014b50, "an entry of the list");
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    expect(extra + comment, 0, "nothing beside the name");
    expect(zip.readUInt32LE(at + 42), next, "files follow each other without gaps");
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    if (files.has(name) || name.includes("..") || name.startsWith("/")) throw new Error(`${name}: not a name for one file in this folder`);
    const { content, after } = readFile(zip, next, zip.subarray(at + 6, at + 30), name);
    files.set(name, content);
    [at, next] = [at + 46 + nameLength, after];
  }
  expect(at, end, "as many entries as are counted");
  expect(next, start, "nothing between the files and their list");
  return files;
}

function readFile(zip, at, listed, name) {
  expect(zip.readUInt32LE(at), 0x04034b50, `${name}: a file's head`);
  if (!zip.subarray(at + 4, at + 28).equals(listed.subarray(0, 24))) throw new Error(`${name}: its head and the list differ`);
  expect(zip.readUInt16LE(at + 6), 0x800, `${name}: its name is UTF-8`);
  expect(zip.readUInt16LE(at + 8), 0, `${name}: stored`);
  const [sum, packed, size, nameLength] = [zip.readUInt32LE(at + 14), zip.readUInt32LE(at + 18), zip.readUInt32LE(at + 22), zip.readUInt16LE(at + 26)];
  expect(packed, size, `${name}: its length`);
  const from = at + 30 + nameLength;
  expect(zip.toString("utf8", at + 30, from), name, "its name");
  const content = zip.subarray(from, from + size);
  expect(crc32(content), sum, `${name}: its sum`);
  return { content, after: from + size };
}

// The sum stands at the end of every gzip file, and every Node makes those.
function crc32(bytes) {
  return gzipSync(bytes, { level: 0 }).subarray(-8).readUInt32LE();
}

function expect(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}
