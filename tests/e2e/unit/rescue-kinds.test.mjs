// What docs/store-format.md lists as kinds and fields, the rescue page knows by name; and a page to hand over reads as one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { emptyRows, encode, encodeChange, id, load, ROOT, seal, stubVault, utf8 } from "./rescue-store.mjs";

const { kindName } = await load("data.js");
const { takeInventory } = await load("inventory.js");
const { CARDS, CHILD, PHOTO } = await load("records.js");
const { readSheet } = await load("sheet.js");
const { deriveKeys } = await load("vault.js");
const { FIELDS, KINDS, Words } = await load("words.js");

const read = (file) => readFileSync(join(ROOT, file), "utf8");
const ENGLISH = JSON.parse(read("src/app/i18n/en.json"));
const [RECORD, OTHER, BLOB] = [1, 2, 6].map((n) => Buffer.from(id(n)).toString("hex"));
const SHEET = [
  `part\t${RECORD}\tstory`, "+words\tShe tied\\nboth shoes\\\\", "+fact\tWho told it?\tHer, <b>herself</b>", "-fact\tChild\tSam",
  `+photo\t${BLOB}\t640\t480\tthe shoes`, "+later\tof a later build", `part\t${OTHER}\tof a later build`, "+words\tSecond", "",
].join("\n");

/** The kinds of the page's table: number, and its fields by number. */
function listKinds() {
  const rows = [...read("docs/store-format.md").matchAll(/^\| (\d+) \| [^|]+ \| ([^|]+) \|$/gm)];
  return new Map(rows.map(([, kind, fields]) => [Number(kind), [...fields.matchAll(/(?:^|, |; in frames: )(\d+) /g)].map(([, field]) => Number(field))]));
}

test("every kind and field of the format page has a name, also where no language file is", () => {
  const kinds = listKinds();
  assert.ok(kinds.size >= 10, "the table is found");
  assert.deepEqual(kinds.get(10), [2, 3, 4, 16, 17], "and its fields");
  const page = read("public/rescue.html");
  for (const [kind, fields] of kinds) {
    assert.doesNotMatch(kindName(kind), /^kind-/, `hearth.json's name of kind ${kind}`);
    if ([CHILD, PHOTO, ...CARDS].includes(kind)) continue;
    const asked = fields.filter((field) => field === 4 || field >= 16);
    assert.deepEqual(Object.keys(FIELDS[kind] ?? {}).map(Number), asked, `the fields of kind ${kind}`);
    for (const key of [KINDS[kind], ...Object.values(FIELDS[kind])]) {
      assert.ok(ENGLISH[key], `en.json: ${key}`);
      assert.ok(page.includes(`data-t="${key}"`), `rescue.html: ${key}`);
    }
  }
});

test("a page to hand over is text, facts and photos, its parts apart, without what was hidden", async () => {
  const keys = await deriveKeys(new Uint8Array(32).fill(9));
  const rows = emptyRows();
  const put = (store, key, plain) => rows[store].set(key, seal(keys, store, key, plain));
  put("changes", [1], encodeChange(10, 9, 1n << 16n, { 0: true, 2: 20_000, 4: "For his plan", 16: "Mrs Patel", 17: SHEET }));
  put("changes", [2], encodeChange(9, 8, 1n << 16n, { 0: true, 16: id(7) }));
  put("drafts", [...id(3)], encode([1, new Map([[1, 10], [2, 0], [7, new Map([[17, SHEET]])]])]));
  put("blobs", [...id(6)], utf8("JPEG"));
  const { records, drafts, cards, unread } = await takeInventory(stubVault(keys, rows));
  const words = new Words("en", ENGLISH, () => undefined);
  assert.deepEqual([records.length, drafts.length, cards.length, unread.length], [1, 1, 1, 0]);
  assert.equal(words.kind(records[0].kind), "Page to hand over");
  const stands = "Story\nShe tied\nboth shoes\\\nWho told it?: Her, <b>herself</b>\n+later\tof a later build\n\nFrom a newer Hearth\nSecond";
  assert.deepEqual(words.answers(records[0]).map(([question, answer]) => [question, answer]), [
    ["Anything you want to say first?", "For his plan"], ["Who is it for?", "Mrs Patel"], ["What stands on it", stands],
  ]);
  for (const { photos } of [records[0], drafts[0]]) assert.deepEqual(photos, [{ blob: BLOB, thumbnail: null, words: "the shoes" }]);
});

test("a sheet that is damaged loses no line", () => {
  const lines = (text) => readSheet(text).flatMap((part) => part.lines.map((line) => line.text));
  assert.deepEqual(lines("+words\tbefore any part\npart"), ["before any part"]);
  assert.deepEqual(lines("part\n+fact\tonly a question\n+photo\tx\n?\n"), ["+fact\tonly a question", "+photo\tx", "?"]);
});
