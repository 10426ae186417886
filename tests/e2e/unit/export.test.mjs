// The zip that anyone can read: everything of a store is in it, for people and for programs, and a stranger's tool opens it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hash, number8 } from "../../reader/crypto.mjs";
import { openZip } from "../../reader/zip.mjs";
import { CIRCLE, DEVICE, makeFrame, startStore } from "./rescue-circle.mjs";
import { concat, copy, encode, encodeChange, id, load, ROOT, unhex, utf8 } from "./rescue-store.mjs";
import { findMistakes } from "./schema.mjs";

const { takeInventory } = await load("inventory.js");
const { decode } = await load("cbor.js");
const { Words } = await load("words.js");
const { Zip } = await load("zip.js");

const readJson = (file) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const SCHEMA = readJson("docs/export.schema.json");
const WORDS = new Words("en", readJson("src/app/i18n/en.json"), () => undefined);
const CONTROL = readJson("tests/vectors/control.json");
const HOSTILE = `</p><script>alert(1)</script><img src=x onerror="a()">'`;
const hex = (n) => Buffer.from(id(n)).toString("hex");
const noon = (n) => BigInt(n) * 86_400_000n + 43_200_000n << 16n;

/** A store with one of everything; the photo 20 is whole, of 22 only the small picture opens, 24 has not come. */
function fill(broken = [22]) {
  const store = startStore();
  CONTROL.entries.forEach((entry, i) => store.put("circles", concat(utf8("entry/"), CIRCLE, number8(i + 1)), unhex(entry)));
  const author = personOf(DEVICE);
  store.putFrame(1, makeFrame([
    encodeChange(1, 1, noon(19_000), { 0: true, 4: `Sam ${HOSTILE}` }),
    encodeChange(2, 2, noon(19_001), { 0: true, 1: id(1), 2: 19_001, 4: "He swam", 16: "child", 17: "happy" }),
    encodeChange(7, 3, noon(19_001), { 0: true, 4: "Grandma Ada", 16: author }),
    encodeChange(5, 4, noon(19_001), { 0: true, 1: id(2), 4: "the \"pool\"", 16: id(20), 17: id(21), 18: 640, 19: 480 }),
    encodeChange(5, 5, noon(19_002), { 0: true, 1: id(2), 16: id(22), 17: id(23) }),
    encodeChange(5, 6, noon(19_002), { 0: true, 1: id(2), 4: "not here yet", 16: id(24) }),
    encodeChange(6, 7, noon(19_003), { 0: true, 1: id(2), 4: "We saw it too." }),
    encodeChange(4, 8, noon(19_004), { 0: true, 2: 19_004, 3: Number(noon(19_005) >> 16n), 4: "In the bin" }),
    encodeChange(99, 9, noon(19_006), { 0: true, 4: "of a later build", 30: "something" }),
  ]));
  store.put("changes", [1], encodeChange(2, 2, noon(19_010), { 4: `He swam far ${HOSTILE}`, 17: null }));
  store.put("changes", [2], encodeChange(10, 10, noon(19_011), { 0: true, 2: 19_011, 4: "For his plan", 16: "Mrs Patel", 17: `part\t${hex(2)}\tstory\n+words\tHe swam\n+photo\t${hex(20)}\t1\t1\tshown\n` }));
  store.put("drafts", id(11), encode([1, new Map([[1, 3], [2, 0], [3, 1000], [4, 2000], [5, id(1)], [7, new Map([[4, "Half a sen"]])], [8, [new Map([[1, id(12)], [2, id(26)], [3, id(27)]])]]])]));
  const blobs = new Map([20, 21, 22, 23, 25, 26, 27].map((n) => [n, store.put("blobs", id(n), utf8(`JPEG ${n}`))]));
  for (const n of broken) blobs.get(n)[30] ^= 1;
  store.put("changes", [3], encode([2, "of a later store"]));
  return { store, blobs, author: Buffer.from(author).toString("hex") };
}

test("everything is in it for a program, as the schema says", async () => {
  const { store, blobs, author } = fill();
  const { json } = await copy(await takeInventory(store.vault), WORDS);
  assert.deepEqual(findMistakes(json, SCHEMA), []);
  const [vault] = json.vaults;
  const by = { device: Buffer.from(DEVICE).toString("hex"), person: author, name: "Grandma Ada" };
  assert.deepEqual(vault.records.map(({ kind }) => kind), ["handout", "kind-99", "achievement", "story"]);
  const [page, , bin, story] = vault.records;
  assert.deepEqual([story.of, story.day, story.by, story.deleted, bin.deleted], [hex(1), "2022-01-09", by, null, "2022-01-13T12:00:00.000Z"]);
  const { versions: said } = story.fields.find(({ name }) => name === "words");
  assert.deepEqual(said.map(({ value, at, by: { name } }) => [value, at, name]), [
    [`He swam far ${HOSTILE}`, "2022-01-18T12:00:00.000Z", null], ["He swam", "2022-01-09T12:00:00.000Z", "Grandma Ada"],
  ]);
  assert.deepEqual(story.fields.find(({ name }) => name === "feeling").versions.map(({ value, words }) => [value, words]), [[null, undefined], ["happy", "Happy"]]);
  assert.deepEqual(story.photos.map(({ words, file, state }) => [words, file, state]), [
    ['the "pool"', `media/${hex(20)}.jpg`, "whole"], ["", `media/${hex(23)}.jpg`, "preview"], ["not here yet", null, "absent"],
  ]);
  assert.deepEqual(story.notes.map(({ fields }) => fields.find(({ name }) => name === "words").value), ["We saw it too."]);
  assert.deepEqual(page.page[0].lines.map(({ text }) => text), ["He swam", "shown"]);
  assert.deepEqual(vault.drafts.map(({ of, photos: [{ file }], fields: [{ value }] }) => [of, file, value]), [[hex(1), `media/${hex(26)}.jpg`, "Half a sen"]]);
  const unread = vault.unread.map(({ store, sealed, bytes }) => [store, sealed, bytes]);
  const later = Buffer.from(encode([2, "of a later store"])).toString("base64");
  assert.deepEqual(unread, [["changes", false, later], ["blobs", true, Buffer.from(blobs.get(22)).toString("base64")]]);
});

test("the photos are in it byte for byte, small ones only in the place of large ones", async () => {
  const { json, files } = await copy(await takeInventory(fill().store.vault), WORDS);
  const { media } = json.vaults[0];
  assert.deepEqual(media.map(({ id }) => id), [20, 25, 26, 23].map(hex));
  for (const [i, n] of [20, 25, 26, 23].entries()) {
    const { file, bytes, sha256 } = media[i];
    assert.deepEqual([String(files.get(file)), bytes, sha256], [`JPEG ${n}`, 7, createHash("sha256").update(`JPEG ${n}`).digest("hex")]);
  }
  assert.deepEqual([...files.keys()].filter((name) => !name.startsWith("media/")), ["index.html", "hearth.json", "README.txt"]);
  assert.match(String(files.get("README.txt")), /index\.html.*\r\n.*not locked/);
});

test("everything is on its page, the newest first, and nobody's words become part of the page", async () => {
  const { html } = await copy(await takeInventory(fill().store.vault), WORDS);
  const places = [
    "Parts that do not open: 2", "<h2>Children</h2>", "Page to hand over", "From a newer Hearth", "He swam far &lt;/p&gt;", "Also said · Grandma Ada · 9 January 2022",
    "We saw it too.", `src="media/${hex(20)}.jpg" alt="the &quot;pool&quot;"`, "This photo has not come to this phone", "not here yet", "<h2>Not saved yet</h2>", "Half a sen", "<h2>Bin</h2>", "In the bin", `media/${hex(25)}.jpg`,
  ].map((text) => [text, html.indexOf(text)]);
  for (const [i, [text, at]] of places.entries()) assert.ok(at > (places[i - 1]?.[1] ?? 0), `${text} has its place`);
  assert.deepEqual(html.match(/<(script|link|iframe|img(?! src="media\/[0-9a-f]{32}\.jpg" alt="[^"<>]*">))/g), null);
  assert.ok(!/ on\w+="/.test(html));
  const style = html.match(/<style>(.*)<\/style>/s)[1];
  const sum = createHash("sha256").update(style).digest("base64");
  assert.ok(html.includes(`content="default-src 'none';style-src 'sha256-${sum}';img-src`));
});

test("a damaged photo and one that is not here are told apart, and a copy made twice says the same", async () => {
  const { store } = fill([22, 23]);
  const inventory = await takeInventory(store.vault);
  const [first, second] = [await copy(inventory, WORDS), await copy(inventory, WORDS)];
  assert.ok(first.html.includes("This photo does not open"));
  assert.equal(first.json.vaults[0].records.at(-1).photos[1].state, "damaged");
  assert.deepEqual(second.json, first.json);
});

test("a change that the app moves while it is read counts once, and for nothing that does not open", async () => {
  const store = startStore();
  const change = encodeChange(2, 2, 5n << 16n, { 0: true, 4: "He swam" });
  store.put("changes", [1], change);
  store.put("changes", [2], encodeChange(2, 3, 5n << 16n, { 0: true, 4: "moved" }));
  store.putFrame(1, makeFrame([change, encodeChange(2, 3, 5n << 16n, { 0: true, 4: "moved" })]));
  const { vault } = store;
  const gone = (name, key) => name === "changes" && new Uint8Array(key)[0] === 2;
  const moving = { ...vault, sealedRow: async (name, key) => (gone(name, key) ? undefined : vault.sealedRow(name, key)), openRow: async (name, key) => (gone(name, key) ? null : vault.openRow(name, key)) };
  const { json } = await copy(await takeInventory(moving), WORDS);
  assert.deepEqual(json.vaults[0].unread, []);
  assert.deepEqual(json.vaults[0].records.map(({ fields: [{ versions }] }) => versions.map(({ value }) => value)), [["He swam"], ["moved"]]);
});

test("only drafts, nothing at all, and no key: each is a whole zip with its words", async () => {
  const drafts = startStore();
  drafts.put("drafts", id(1), encode([1, new Map([[1, 2], [2, 0], [7, new Map([[4, "Half a sen"]])]])]));
  const empty = startStore();
  const locked = { ...fill().store.vault, isLocked: true, openRow: async () => null };
  for (const [vault, wanted] of [[drafts.vault, "Half a sen"], [empty.vault, "Hearth: a copy made on"], [locked, "The key to what is here does not open."]]) {
    const { html, json } = await copy(await takeInventory(vault), WORDS);
    assert.ok(html.includes(wanted), wanted);
    assert.deepEqual(findMistakes(json, SCHEMA), []);
  }
});

test("times and days that no calendar has leave the rest readable", async () => {
  const store = startStore();
  store.put("changes", [1], encodeChange(2, 2, 2n ** 62n, { 0: true, 2: 2n ** 60n, 3: 2n ** 60n, 4: "far off", 17: 5 }));
  const { html, json } = await copy(await takeInventory(store.vault), WORDS);
  assert.ok(html.includes("far off"));
  assert.deepEqual([json.vaults[0].records[0].day, json.vaults[0].records[0].deleted], [null, null]);
});

test("a name in any script is a file's name, and where a zip ends it says so before it is broken", async () => {
  const zip = new Zip(new Date(2026, 10, 23, 9, 30, 20));
  await zip.add("کہانی.txt", new Blob(["سلام"]));
  await zip.add("big", new Blob([new Uint8Array(3 << 20).fill(7)]));
  const bytes = Buffer.from(await zip.blob().arrayBuffer());
  const files = openZip(bytes);
  assert.deepEqual([String(files.get("کہانی.txt")), files.get("big").length], ["سلام", 3 << 20]);
  assert.deepEqual([bytes.readUInt16LE(10), bytes.readUInt16LE(12)], [(9 << 11) | (30 << 5) | 10, (46 << 9) | (11 << 5) | 23]);
  zip.size = 2 ** 32 - 100;
  await assert.rejects(zip.add("more", new Blob(["x".repeat(100)])), { name: "TooLarge" });
});

/** The person whose first device it is: `MemberAdded` of the vectors' control entries. */
function personOf(device) {
  const acts = CONTROL.entries.flatMap((bytes) => decode(decode(unhex(bytes))[0]).get(4));
  const isTheirs = ([act, , fields]) => act === 3 && hash("device", fields.get(3).get(1), fields.get(3).get(2)).subarray(0, 16).equals(device);
  return acts.find(isTheirs)[2].get(1);
}
