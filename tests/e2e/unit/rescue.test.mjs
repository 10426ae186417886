// The rescue page's readers, against the golden bytes of src/protocol and rows made here from docs/store-format.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { copy, emptyRows, encode, encodeChange, id, load, ROOT, seal, stubVault, unhex, utf8, xchacha20poly1305 } from "./rescue-store.mjs";

const { decode } = await load("cbor.js");
const { deriveKeys, openSealed } = await load("vault.js");
const { fold, readChange, readDraft } = await load("records.js");
const { escape } = await load("page.js");
const { takeInventory } = await load("inventory.js");
const { Words } = await load("words.js");

test("opens the sealed row that the vault's own tests hold as golden", async () => {
  const golden = unhex(readFileSync(join(ROOT, "src/protocol/seal/golden.hex"), "utf8").trim());
  const keys = await deriveKeys(new Uint8Array(32).fill(1));
  // The golden row's place is the word "place" itself, without a store before it.
  const plain = xchacha20poly1305(keys.changes, golden.subarray(1, 25), utf8("place")).decrypt(golden.subarray(25));
  assert.equal(Buffer.from(plain).toString(), "words");
});

test("reads the change that the protocol's tests hold as golden", () => {
  const change = readChange(unhex("85010250070707070707070707070707070707071b018bcfe568000000a20470486520726f6465206869732062696b6505f6"));
  assert.deepEqual([change.kind, change.entity, change.hlc], [2, "07".repeat(16), 1_700_000_000_000n << 16n]);
  assert.equal(change.patch.get(4).value, "He rode his bike");
  assert.equal(change.patch.get(5).value, null);
});

test("a row opens only under its store and key, and only in the version it knows", async () => {
  const keys = await deriveKeys(new Uint8Array(32).fill(7));
  const sealed = seal(keys, "drafts", [1, 2], utf8("words"));
  assert.equal(Buffer.from(openSealed(keys.drafts, "drafts", new Uint8Array([1, 2]), sealed)).toString(), "words");
  assert.equal(openSealed(keys.drafts, "drafts", new Uint8Array([1, 3]), sealed), null);
  assert.equal(openSealed(keys.drafts, "changes", new Uint8Array([1, 2]), sealed), null);
  assert.equal(openSealed(keys.blobs, "drafts", new Uint8Array([1, 2]), sealed), null);
  sealed[0] = 2;
  assert.equal(openSealed(keys.drafts, "drafts", new Uint8Array([1, 2]), sealed), null);
  assert.equal(openSealed(keys.drafts, "drafts", new Uint8Array([1, 2]), new Uint8Array(3)), null);
});

test("refuses bytes that are not the store's CBOR, without running away", () => {
  for (const hex of ["", "18", "5b00ffffffffffffff", "9a7fffffff", "bb7fffffffffffffff", "f97e00", "c101", "61ff", "0101", "81".repeat(40)]) {
    assert.throws(() => decode(unhex(hex)), `${hex}`);
  }
});

test("the later change speaks, of two at one time the greater bytes, in whatever order they come", () => {
  const changes = [
    change(2, 1n, { 4: "first", 17: "sad" }),
    change(2, 3n, { 4: "third" }),
    change(2, 2n, { 4: "second", 17: null }),
    change(2, 3n, { 4: "three" }),
  ];
  for (const order of [changes, [...changes].reverse()]) {
    const [entity] = fold(order);
    assert.equal(entity.words, "three");
    assert.equal(entity.fields.has(17), false);
    assert.equal(entity.kind, 2);
  }
});

test("a draft's words and photos are read", () => {
  const photo = new Map([[1, id(5)], [2, id(6)], [3, id(7)], [4, 10], [5, 10], [6, "the pool"]]);
  const draft = readDraft("ab", encode([1, new Map([[1, 2], [2, 0], [3, 1000], [4, 2000], [6, 20_000], [7, new Map([[4, "Half a sen"]])], [8, [photo]]])]));
  assert.equal(draft.words, "Half a sen");
  assert.equal(draft.day, 20_000);
  assert.deepEqual(draft.photos, [{ blob: "06".repeat(16), thumbnail: "07".repeat(16), words: "the pool" }]);
});

test("a copy holds every word and photo, what does not open as it is, and runs no script of anybody's", async () => {
  const keys = await deriveKeys(new Uint8Array(32).fill(9));
  const rows = emptyRows();
  const put = (store, key, plain) => rows[store].set(key, seal(keys, store, key, plain));
  const put_change = (n, kind, entity, patch) => put("changes", [...new Uint8Array(15), n], encodeChange(kind, entity, BigInt(n) << 16n, patch));
  put_change(1, 1, 1, { 4: "Sam" });
  put_change(2, 2, 2, { 1: id(1), 2: 20_000, 4: "<script>alert(1)</script> swam", 17: "happy" });
  put_change(3, 5, 3, { 1: id(2), 4: "the pool", 16: id(6), 17: id(7) });
  put_change(4, 99, 4, { 4: "of a later build" });
  put_change(5, 4, 5, { 4: "shoes tied", 3: 1000 });
  put("blobs", [...id(6)], utf8("JPEG one"));
  put("blobs", [...id(7)], utf8("its thumbnail"));
  put("blobs", [...id(8)], utf8("JPEG of nobody"));
  put("drafts", [...id(9)], encode([1, new Map([[1, 3], [2, 0], [7, new Map([[4, "Half a sen"]])]])]));
  put("meta", [1], utf8("kept"));
  const damaged = rows.changes.get([...rows.changes.keys()][4]).slice();
  damaged[40] ^= 1;
  rows.changes.set([...new Uint8Array(15), 77], damaged);

  const inventory = await takeInventory(stubVault(keys, rows));
  assert.deepEqual([inventory.records.length, inventory.drafts.length, inventory.children.length, inventory.unread.length], [3, 1, 1, 1]);
  const words = new Words("en", { "story.feeling.happy": "Happy" }, () => undefined);
  let photos = -1;
  const { files, html: index, page: html, json } = await copy(inventory, words, () => { photos += 1; });

  const base64 = (text) => Buffer.from(text).toString("base64");
  for (const part of ["&lt;script&gt;", "Sam", "Happy", "the pool", "of a later build", "shoes tied", "Half a sen", base64("JPEG one"), base64("JPEG of nobody")]) {
    assert.ok(html.includes(part), part);
  }
  for (const made of [html, index]) assert.ok(!made.includes("<script"));
  assert.ok(!html.includes(base64("its thumbnail")));
  assert.ok(index.includes(`<img src="media/${"06".repeat(16)}.jpg" alt="the pool">`));
  const [vault] = json.vaults;
  assert.deepEqual(vault.media.map(({ file }) => String(files.get(file))), ["JPEG one", "JPEG of nobody"]);
  assert.deepEqual(vault.unread.map(({ store, sealed }) => [store, sealed]), [["changes", true]]);
  assert.equal(vault.unread[0].bytes, Buffer.from(damaged).toString("base64"));
  assert.equal(photos, 2);
});

test("without the key everything is copied as it is", async () => {
  const keys = await deriveKeys(new Uint8Array(32).fill(9));
  const rows = emptyRows();
  rows.changes.set([1], seal(keys, "changes", [1], utf8("x")));
  rows.blobs.set([2], seal(keys, "blobs", [2], utf8("y")));
  const inventory = await takeInventory(stubVault(null, rows));
  const { json } = await copy(inventory, new Words("en", {}, () => undefined));
  const { unread, media } = json.vaults[0];
  assert.deepEqual(unread.map(({ store, sealed, bytes }) => [store, sealed, bytes.length > 20]), [["changes", true, true], ["blobs", true, true]]);
  assert.deepEqual(media, []);
});

test("signs that mean something in a page are written out", () => {
  assert.equal(escape(`<a href="x" title='y'>&`), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
});

function change(kind, hlc, patch) {
  return readChange(encodeChange(kind, 1, hlc, patch));
}
