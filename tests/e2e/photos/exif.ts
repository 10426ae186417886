// Writes an EXIF block as a camera does: orientation, day and place.
import { APP1, type Segment } from "./segments.ts";

export interface ExifFacts {
  orientation?: number;
  /** `2026:05:03 14:20:00` */
  taken?: string;
  /** Degrees north and east. */
  place?: [number, number];
  maker?: string;
}

interface Entry {
  tag: number;
  type: number;
  count: number;
  data: Buffer;
}

const HEADER = 8;

export function exifSegment(facts: ExifFacts): Segment {
  const main: Entry[] = [];
  if (facts.maker) main.push(text(0x010f, facts.maker));
  if (facts.orientation) main.push(short(0x0112, facts.orientation));
  const details = facts.taken ? [text(0x9003, facts.taken)] : [];
  const where = facts.place ? placeEntries(facts.place) : [];
  if (details.length) main.push(long(0x8769, 0));
  if (where.length) main.push(long(0x8825, 0));

  const detailsAt = HEADER + sizeOf(main);
  const whereAt = detailsAt + (details.length ? sizeOf(details) : 0);
  for (const entry of main) {
    if (entry.tag === 0x8769) entry.data.writeUInt32LE(detailsAt);
    if (entry.tag === 0x8825) entry.data.writeUInt32LE(whereAt);
  }
  const parts = [Buffer.from("Exif\0\0"), Buffer.from([0x49, 0x49, 42, 0, HEADER, 0, 0, 0]), write(main, HEADER)];
  if (details.length) parts.push(write(details, detailsAt));
  if (where.length) parts.push(write(where, whereAt));
  return { marker: APP1, body: Buffer.concat(parts) };
}

function placeEntries([north, east]: [number, number]): Entry[] {
  return [text(0x0001, north < 0 ? "S" : "N"), degrees(0x0002, north), text(0x0003, east < 0 ? "W" : "E"), degrees(0x0004, east)];
}

function text(tag: number, value: string): Entry {
  const data = Buffer.from(`${value}\0`);
  return { tag, type: 2, count: data.length, data };
}

function short(tag: number, value: number): Entry {
  const data = Buffer.alloc(4);
  data.writeUInt16LE(value);
  return { tag, type: 3, count: 1, data };
}

function long(tag: number, value: number): Entry {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(value);
  return { tag, type: 4, count: 1, data };
}

function degrees(tag: number, value: number): Entry {
  const minutes = (Math.abs(value) % 1) * 60;
  const data = Buffer.alloc(24);
  const parts: [number, number][] = [[Math.floor(Math.abs(value)), 1], [Math.floor(minutes), 1], [Math.round((minutes % 1) * 6000), 100]];
  parts.forEach(([above, below], i) => {
    data.writeUInt32LE(above, i * 8);
    data.writeUInt32LE(below, i * 8 + 4);
  });
  return { tag, type: 5, count: 3, data };
}

function sizeOf(entries: Entry[]): number {
  const outside = entries.filter((entry) => entry.data.length > 4);
  return 2 + entries.length * 12 + 4 + outside.reduce((sum, entry) => sum + even(entry.data.length), 0);
}

function write(entries: Entry[], at: number): Buffer {
  const table = Buffer.alloc(2 + entries.length * 12 + 4);
  const outside: Buffer[] = [];
  let next = at + table.length;
  table.writeUInt16LE(entries.length);
  entries.forEach((entry, i) => {
    const row = 2 + i * 12;
    table.writeUInt16LE(entry.tag, row);
    table.writeUInt16LE(entry.type, row + 2);
    table.writeUInt32LE(entry.count, row + 4);
    if (entry.data.length <= 4) {
      entry.data.copy(table, row + 8);
      return;
    }
    table.writeUInt32LE(next, row + 8);
    const padded = Buffer.alloc(even(entry.data.length));
    entry.data.copy(padded);
    outside.push(padded);
    next += padded.length;
  });
  return Buffer.concat([table, ...outside]);
}

function even(length: number): number {
  return length + (length % 2);
}
