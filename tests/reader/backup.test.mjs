// Opens the committed backup with code written from docs/backup-format.md alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { argon2id, blake2b } from "./argon2.mjs";
import { openBackup, openParts, readIndex } from "./backup.mjs";

const vector = JSON.parse(readFileSync(new URL("../vectors/backup.json", import.meta.url), "utf8"));
const file = Buffer.from(vector.file, "hex");
const vectors = JSON.parse(readFileSync(new URL("../vectors/backup-parts.json", import.meta.url), "utf8"));
const parts = vectors.map((part) => Buffer.from(part.file, "hex"));
const STRIDE = 1024 + 41;

const listed = (rows) => rows.map(({ table, key, value }) => [table, key.toString("hex"), value.toString("hex")]);

test("the reader's own hashes give known answers", () => {
  // The reference implementation: echo -n password | argon2 somesalt -id -t 1 -k 64 -p 1 -l 24
  const known = "655ad15eac652dc59f7170a7332bf49b8469be1fdb9c28bb";
  const abc = "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
    + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923";
  assert.equal(blake2b(64, Buffer.from("abc")).toString("hex"), abc);
  assert.equal(argon2id(Buffer.from("password"), Buffer.from("somesalt"), { memory: 64, passes: 1, lanes: 1 }, 24).toString("hex"), known);
});

test("every row of the backup comes out as it went in", () => {
  const { rows, damaged, isCutOff } = openBackup(file, vector.passphrase);
  assert.deepEqual([damaged, isCutOff], [[], false]);
  assert.deepEqual(listed(rows), vector.rows);
  const index = readIndex(rows.at(-1));
  assert.equal(index.made, vector.made);
  assert.equal(index.circle.toString("hex"), vector.circle);
  for (const [table, count] of index.counts) {
    const keys = new Set(rows.filter((row) => row.table === table).map((row) => row.key.toString("hex")));
    assert.equal(keys.size, count, table);
  }
});

test("white space at the ends of a passphrase does not count, and another one opens nothing", () => {
  assert.equal(openBackup(file, `  ${vector.passphrase.replace(" ", "\t ")} `).rows.length, vector.rows.length);
  assert.throws(() => openBackup(file, `${vector.passphrase}s`), /another passphrase/);
  assert.throws(() => openBackup(Buffer.from("no such file"), vector.passphrase), /not a backup/);
});

test("whichever chunk is damaged, it is named and the others give their rows", () => {
  const count = (file.length - 128) / STRIDE;
  for (let chunk = 0; chunk < count; chunk += 1) {
    const copy = Buffer.from(file);
    copy[64 + chunk * STRIDE + 77] ^= 8;
    const { rows, damaged } = openBackup(copy, vector.passphrase);
    assert.deepEqual(damaged, [chunk]);
    const all = new Set(vector.rows.map(String));
    assert.ok(rows.length > 0 && rows.length < vector.rows.length);
    assert.ok(listed(rows).every((row) => all.has(String(row))));
    const keys = rows.filter((row) => row.table === "circles").map((row) => row.key.toString("hex"));
    assert.ok(keys.length > 0, "the rows that open all others stand twice");
  }
});

test("a header at either end is enough, and a file that was cut off says so", () => {
  for (const at of [0, 9, 30, 45, 60]) {
    const copy = Buffer.from(file);
    copy[at] ^= 1;
    assert.equal(openBackup(copy, vector.passphrase).rows.length, vector.rows.length);
  }
  const cut = openBackup(file.subarray(0, 64 + STRIDE), vector.passphrase);
  assert.equal(cut.isCutOff, true);
});

test("a backup in two parts: each opens alone, names itself and says what is missing", () => {
  assert.equal(parts.length, 2);
  for (const [at, part] of parts.entries()) {
    const opened = openBackup(part, vectors[at].passphrase);
    assert.deepEqual([opened.part, opened.damaged, opened.isCutOff], [at + 1, [], false]);
    assert.deepEqual(listed(opened.rows), vectors[at].rows);
    const index = readIndex(opened.rows.at(-1));
    assert.equal(index.parts, at === 1 ? 2 : 0);
    for (const [table, count] of index.counts) {
      const keys = new Set(opened.rows.filter((row) => row.table === table).map((row) => row.key.toString("hex")));
      assert.equal(keys.size, count, table);
    }
    const keys = opened.rows.filter((row) => row.table === "circles");
    assert.ok(keys.length > 0, "the rows that open all others are in every part");
    assert.deepEqual(openParts([part], vectors[at].passphrase).missing, [2 - at]);
  }
});

test("the parts together are the rows of all of them, in any order, and a damaged one says where", () => {
  const { passphrase } = vectors[0];
  const all = new Set(vectors.flatMap(({ rows }) => rows).filter(([table]) => table !== "index").map(String));
  for (const order of [parts, [...parts].reverse(), [...parts, parts[0]]]) {
    const { rows, damaged, missing } = openParts(order, passphrase);
    assert.deepEqual([damaged.size, missing], [0, []]);
    assert.deepEqual(new Set(listed(rows).map(String)), all);
    assert.equal(rows.length, all.size);
  }
  const copy = Buffer.from(parts[1]);
  copy[64 + STRIDE + 9] ^= 1;
  assert.deepEqual(openParts([parts[0], copy], passphrase).damaged, new Map([[2, [1]]]));
  assert.throws(() => openParts([parts[0], file], passphrase), /more than one backup/);
});
