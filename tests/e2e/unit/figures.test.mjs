// The bench's own sums: floors, holds that move with them, and the page that keeps every run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ROWS, addRun, floorsOf, judge } from "../bench/rows.mjs";

const SAVE = ROWS.find(({ row }) => row === "save");

test("a slower machine's hold is as much higher as its floor is", () => {
  const floors = floorsOf([{ row: "save", values: [60], floor: [10] }, { row: "axe", values: [0] }]);
  assert.deepEqual(floors, { save: 10 });
  const slow = judge(SAVE, { values: [150], floor: [20] }, floors);
  assert.deepEqual([slow.holdNow, slow.isHeld], [160, true]);
  assert.equal(judge(SAVE, { values: [150], floor: [10] }, floors).isHeld, false);
  assert.equal(judge({ ...SAVE, hold: null }, { values: [150], floor: [10] }, floors).isHeld, null, "told, and no more");
});

test("a new run stands before the earlier ones, which stay", () => {
  const page = addRun("# Figures\n\nIntro.\n\n## Old\n\nrows\n", "## New\n\nrows\n");
  assert.equal(page, "# Figures\n\nIntro.\n\n## New\n\nrows\n\n## Old\n\nrows\n");
});
