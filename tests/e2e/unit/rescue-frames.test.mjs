// The rescue page opens what the engine framed: the protocol's own vectors, and frames made here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { number8 } from "../../reader/crypto.mjs";
import { unpad } from "../../reader/objects.mjs";
import { CIRCLE, EPOCH_KEYS, makeFrame, startStore, STREAM, VECTOR } from "./rescue-circle.mjs";
import { concat, copy as copyOf, emptyRows, encode, encodeChange, id, load, unhex, utf8 } from "./rescue-store.mjs";

const { takeInventory } = await load("inventory.js");
const { Words } = await load("words.js");

test("the frame of the protocol's vectors is read, in the epoch it has and in the one it was sealed again for", async () => {
  for (const frame of [VECTOR.frame, VECTOR.sealed_again]) {
    const store = startStore();
    store.putFrame(1, unhex(frame), 5, 1000);
    const { records, changes, unread } = await takeInventory(store.vault);
    assert.deepEqual(records.map(({ words }) => words).sort(), ["Words number 0", "Words number 1", "Words number 2"]);
    assert.deepEqual(changes[1].from, { stream: VECTOR.stream, device: VECTOR.author.id, number: 1n, seq: 5, receivedAt: 1000, index: 1 });
    assert.deepEqual(unread, []);
  }
});

test("a change that was taken out is gone, and counts for nothing that does not open", async () => {
  const store = startStore();
  store.putFrame(1, unhex(VECTOR.redacted));
  store.putFrame(2, unhex(VECTOR.erase_frame));
  const { records, unread } = await takeInventory(store.vault);
  assert.deepEqual(records.map(({ words }) => words).sort(), ["Words number 0", "Words number 2"]);
  assert.deepEqual(unread, []);
});

test("an erase frame hides what is left of an entity, and nothing that still has its beginning", async () => {
  const store = startStore();
  store.putFrame(1, makeFrame([encodeChange(2, 1, 5n, { 4: "a stranger's edit" }), encodeChange(2, 2, 5n, { 0: true, 4: "still here" })]));
  store.putFrame(2, makeFrame([encodeChange(0, 1, 6n, {}), encodeChange(0, 2, 6n, {})]));
  const { records } = await takeInventory(store.vault);
  assert.deepEqual(records.map(({ words }) => words), ["still here"]);
});

test("what has no beginning here is shown and marked, what waits here is never marked", async () => {
  const store = startStore();
  store.putFrame(1, makeFrame([encodeChange(2, 1, 5n, { 4: "an edit of an old story" }), encodeChange(2, 2, 5n, { 0: true, 4: "a new story" })]));
  store.put("changes", new Uint8Array(16).fill(3), encodeChange(2, 3, 7n, { 4: "told just now" }));
  const inventory = await takeInventory(store.vault);
  const marked = Object.fromEntries(inventory.records.map(({ words, isPart }) => [words, isPart]));
  assert.deepEqual(marked, { "an edit of an old story": true, "a new story": false, "told just now": false });
  const { page } = await copy(inventory);
  assert.equal(page.split("A part of something older").length, 2);
});

test("each kind of damage loses only its own part, which is counted and copied as far as it opened", async () => {
  const store = startStore();
  const whole = unhex(VECTOR.frame);
  const flipped = (at) => whole.map((byte, i) => (i === at ? byte ^ 1 : byte));
  store.putFrame(1, whole);
  store.putFrame(2, flipped(whole.length - 1));
  store.putFrame(3, flipped(10));
  store.putFrame(4, makeFrame([utf8("x")], { epoch: 9 }));
  store.putFrame(5, makeFrame([encodeChange(2, 5, 1n, { 4: "forged" })], { root: new Uint8Array(32) }));
  const later = encode([2, "of a later build"]);
  store.putFrame(6, makeFrame([later, encodeChange(2, 6, 1n, { 4: "beside it" })]));
  store.putFrame(7, makeFrame([], { deflated: deflateRawSync(Buffer.alloc(1_000_000)) }));
  store.putFrame(10, makeFrame([encodeChange(2, 9, 1n, { 4: "smuggled" })], { smuggled: 1 }));
  store.put("frames", store.frameKey(8), encode([2, whole, null, null]));
  const broken = store.put("frames", store.frameKey(9), encode([1, whole, null, null]));
  broken[60] ^= 1;

  const inventory = await takeInventory(store.vault);
  assert.deepEqual(inventory.records.map(({ words }) => words).sort(), ["Words number 0", "Words number 1", "Words number 2", "beside it"]);
  const { page, json } = await copy(inventory);
  assert.ok(!page.includes("forged"));
  const unread = json.vaults[0].unread.filter(({ store }) => store === "frames");
  assert.equal(inventory.unread.length, 9);
  assert.deepEqual(unread.map(({ key, item, sealed }) => [Buffer.from(key, "hex").at(-1), item, sealed]).sort(([one], [other]) => one - other), [
    [2, undefined, false], [3, undefined, false], [4, undefined, false], [5, undefined, false], [6, 0, false], [7, undefined, false], [8, undefined, false], [9, undefined, true], [10, undefined, false],
  ]);
  const bytesOf = (number) => Buffer.from(unread.find(({ key }) => Buffer.from(key, "hex").at(-1) === number).bytes, "base64");
  assert.ok(bytesOf(6).equals(Buffer.from(later)));
  assert.ok(bytesOf(9).equals(Buffer.from(broken)));
  // What came out of the body is worth more than the body.
  assert.ok(inflateRawSync(unpad(bytesOf(5))).includes("forged"));
});

test("a stream's id that another circle uses as well does not close the words", async () => {
  const store = startStore();
  const other = new Uint8Array(32);
  store.put("circles", concat(utf8("key/"), other, STREAM, number8(1)), new Uint8Array(32).fill(66));
  store.putFrame(1, unhex(VECTOR.frame));
  assert.equal((await takeInventory(store.vault)).records.length, 3);
});

test("without the key of its epoch a frame is counted, and copied as it is", async () => {
  const rows = emptyRows();
  const store = startStore(rows);
  rows.circles.clear();
  store.putFrame(1, unhex(VECTOR.frame));
  const inventory = await takeInventory(store.vault);
  assert.deepEqual([inventory.records.length, inventory.unread.length], [0, 1]);
  const { json } = await copy(inventory);
  assert.ok(Buffer.from(json.vaults[0].unread[0].bytes, "base64").includes(Buffer.from(VECTOR.frame, "hex")));
});

test("what two people wrote of one thing stands side by side, whatever wins and wherever it lies", async () => {
  const store = startStore();
  store.putFrame(1, makeFrame([
    encodeChange(2, 1, 1n, { 0: true, 2: 20_001, 4: "He swam.", 17: "happy" }),
    encodeChange(2, 1, 3n, { 4: "He swam <b>far</b>." }),
    encodeChange(2, 1, 3n, { 2: 20_003, 17: null }),
  ]));
  store.putFrame(1, makeFrame([encodeChange(2, 1, 2n, { 2: 20_002, 4: "He swam & laughed." }), encodeChange(5, 3, 2n, { 1: id(1), 4: "the pool" })]), 7, 8, id(77));
  store.put("changes", [1], encodeChange(5, 3, 4n, { 4: "the big pool" }));
  const inventory = await takeInventory(store.vault);
  const [record] = inventory.records;
  const also = (field) => record.also.get(field).map(({ value }) => value);
  assert.deepEqual([record.words, also(4)], ["He swam <b>far</b>.", ["He swam & laughed.", "He swam."]]);
  assert.deepEqual([record.fields.has(17), also(17)], [false, ["happy"]]);
  const { page, json } = await copy(inventory);
  for (const part of ["He swam &lt;b&gt;far", "</bdi>: <bdi>He swam &amp; laughed.</bdi>", "</bdi>: <bdi>He swam.</bdi>", "</bdi>: <bdi>Happy</bdi>", "the big pool", "</bdi>: <bdi>the pool</bdi>"]) {
    assert.ok(page.includes(part), part);
  }
  const versions = Object.fromEntries(json.vaults[0].records[0].fields.map(({ name, versions }) => [name, versions.map(({ value }) => value)]));
  assert.deepEqual(versions, { day: ["2024-10-07", "2024-10-06", "2024-10-05"], words: ["He swam <b>far</b>.", "He swam & laughed.", "He swam."], feeling: [null, "happy"] });
});

test("notes stand under their record, cards beside the records, and what was ended for good nowhere", async () => {
  const store = startStore();
  store.putFrame(1, makeFrame([
    encodeChange(2, 1, 1n, { 0: true, 4: "He swam." }),
    encodeChange(6, 2, 2n, { 0: true, 1: id(1), 4: "We saw it too." }),
    encodeChange(6, 3, 3n, { 0: true, 1: id(99), 4: "A note to what is not here." }),
    encodeChange(7, 4, 4n, { 0: true, 4: "Grandma Ada", 16: id(50) }),
    encodeChange(2, 5, 5n, { 0: true, 4: "Ended for good." }),
    encodeChange(5, 6, 6n, { 0: true, 1: id(5), 4: "its photo" }),
  ]));
  for (const n of [5, 6]) store.put("meta", concat(utf8("ending/"), id(n)), new Uint8Array());
  const inventory = await takeInventory(store.vault);
  assert.deepEqual(inventory.records.map(({ kind, words }) => [kind, words]).sort(), [[2, "He swam."], [6, "A note to what is not here."]]);
  assert.deepEqual(inventory.records.find(({ kind }) => kind === 2).notes.map(({ words }) => words), ["We saw it too."]);
  assert.deepEqual(inventory.unread, []);
  const { page, json } = await copy(inventory);
  for (const part of ["<dd dir=\"auto\">We saw it too.</dd>", "A note to what is not here."]) assert.ok(page.includes(part), part);
  for (const text of [page, JSON.stringify(json)]) assert.ok(!text.includes("Ended for good.") && !text.includes("its photo"));
  assert.deepEqual(json.vaults[0].cards[0].fields.map(({ value }) => value), ["Grandma Ada", "32".repeat(16)]);
});

test("an entity is what its beginning says, whatever an earlier time claims", async () => {
  const store = startStore();
  store.putFrame(1, makeFrame([encodeChange(2, 1, 5n, { 0: true, 4: "He swam." }), encodeChange(1, 1, 1n, { 17: "sad" })]));
  const { records, children } = await takeInventory(store.vault);
  assert.deepEqual([records.map(({ kind }) => kind), children], [[2], []]);
});

test("a damaged row beside the words is counted, and copied once", async () => {
  const store = startStore();
  for (const [name, key] of [["meta", "receipt/"], ["circles", "log/"]]) store.put(name, utf8(key), utf8("kept"))[30] ^= 1;
  const inventory = await takeInventory(store.vault);
  assert.equal(inventory.unread.length, 2);
  const { unread } = (await copy(inventory)).json.vaults[0];
  assert.deepEqual(unread.map(({ store, sealed }) => [store, sealed]), [["circles", true], ["meta", true]]);
});

test("no key that writes or reads from now on lies open in the copy", async () => {
  const store = startStore();
  const secrets = { "self/": 71, "invite/": 72, joining: 73 };
  for (const [name, byte] of Object.entries(secrets)) store.put(name === "self/" ? "circles" : "meta", utf8(name), new Uint8Array(32).fill(byte));
  store.put("circles", concat(utf8("entry/"), CIRCLE), utf8("an entry"));
  store.putFrame(1, unhex(VECTOR.frame));
  // A key that lost a byte opens, and is none.
  store.put("circles", concat(utf8("key/"), CIRCLE, STREAM, number8(9)), new Uint8Array(31).fill(74));
  const inventory = await takeInventory(store.vault);
  const { files, page, json } = await copy(inventory);
  assert.deepEqual(json.vaults[0].unread.map(({ store, sealed }) => [store, sealed]), [["circles", true]]);
  const texts = [page, ...[...files.values()].map(String)].join("\n");
  for (const secret of [...EPOCH_KEYS, ...[...Object.values(secrets), 74].map((byte) => new Uint8Array(31).fill(byte))]) {
    for (const form of ["hex", "base64"]) assert.ok(!texts.includes(Buffer.from(secret).subarray(0, 30).toString(form)));
  }
});

async function copy(inventory) {
  const words = new Words("en", { "rescue.also": "Also said", "rescue.part": "A part of something older", "rescue.note": "Note", "story.feeling.happy": "Happy" }, () => undefined);
  return copyOf(inventory, words);
}
