// The rows of the budget that this bench measures. Bytes and counts are exact; a time is held by
// how it compares with the same machine's floor, as bench/floors.json first had it.
const KB = 1000;

/** @type {{row: string, what: string, unit: string, hold: number | null, aim: number | null, of?: "p95" | "least"}[]} */
export const ROWS = [
  { row: "first-load", what: "first load, brotli, as the server sent it", unit: "bytes", hold: 260 * KB, aim: 200 * KB },
  { row: "first-visit", what: "the same and the worker behind it, brotli", unit: "bytes", hold: null, aim: null },
  { row: "until-offline", what: "all that a first visit fetches until it is offline, brotli", unit: "bytes", hold: null, aim: null },
  { row: "precache", what: "whole offline copy, brotli", unit: "bytes", hold: 700 * KB, aim: 450 * KB },
  { row: "lh-score", what: "Lighthouse 13 mobile, performance", unit: "points", hold: 95, aim: 100, of: "least" },
  { row: "lh-accessibility", what: "Lighthouse 13, accessibility", unit: "points", hold: 100, aim: 100, of: "least" },
  { row: "lh-lcp", what: "Lighthouse LCP", unit: "ms", hold: 1800, aim: 1000 },
  { row: "lh-tti", what: "Lighthouse TTI", unit: "ms", hold: 2800, aim: 1600 },
  { row: "lh-tbt", what: "Lighthouse TBT", unit: "ms", hold: 150, aim: 50 },
  { row: "lh-cls", what: "Lighthouse CLS", unit: "", hold: 0.02, aim: 0 },
  { row: "axe", what: "axe violations over all screens", unit: "violations", hold: 0, aim: 0 },
  { row: "offline-painted", what: "cold offline start at 4x: painted", unit: "ms", hold: 800, aim: 400 },
  { row: "offline-usable", what: "cold offline start at 4x: usable", unit: "ms", hold: 1800, aim: 900 },
  { row: "inp", what: "INP, scripted journey at 4x", unit: "ms", hold: 120, aim: 50 },
  { row: "save", what: "press Save to durable, p95 at 4x", unit: "ms", hold: 80, aim: 25, of: "p95" },
  { row: "saved", what: "press Save to “Saved” on the screen, p95 at 4x", unit: "ms", hold: null, aim: null, of: "p95" },
  { row: "journal", what: "a letter to durable, p95 at 4x", unit: "ms", hold: 1000, aim: 10, of: "p95" },
  { row: "wire-push", what: "10,000 records of 500 B pushed, native engine to real server", unit: "ms", hold: 150, aim: 32 },
  { row: "wire-push-up", what: "the same, bytes up", unit: "bytes", hold: 2000 * KB, aim: 1500 * KB },
  { row: "wire-push-down", what: "the same, bytes down", unit: "bytes", hold: 2000 * KB, aim: 1500 * KB },
  { row: "wire-pull", what: "the same, pulled by a native engine", unit: "ms", hold: 2000, aim: 600 },
  { row: "wire-pull-down", what: "the same, bytes down", unit: "bytes", hold: 2000 * KB, aim: 1500 * KB },
  { row: "browser-pull", what: "the same, pulled by a fresh browser client into IndexedDB", unit: "ms", hold: 2000, aim: 600 },
  { row: "server-memory", what: "most memory of the server under that load", unit: "bytes", hold: 25 * KB * KB, aim: 10 * KB * KB },
  { row: "photo", what: "12-megapixel photo to durable with thumbnail at 4x", unit: "ms", hold: 1500, aim: 600 },
];

/** @param {number[]} values @param {number} part */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

/** A row's value of many: the 95th part of a hundred where it is held by that, else the median. */
function valueOf(name, values) {
  const isLate = ROWS.find(({ row }) => row === name)?.of === "p95";
  return quantile(values, isLate ? 0.95 : 0.5);
}

/** The floors to compare later runs with. @param {Iterable<{row: string, floor?: number[]}>} measured */
export function floorsOf(measured) {
  const floored = [...measured].filter(({ floor }) => floor);
  return Object.fromEntries(floored.map(({ row, floor }) => [row, valueOf(row, floor)]));
}

/** The page of figures with one more run, before those that stand there. @param {string} page @param {string} run */
export function addRun(page, run) {
  const at = page.indexOf("\n## ") + 1;
  return at === 0 ? `${page}\n${run}` : `${page.slice(0, at)}${run}\n${page.slice(at)}`;
}

/** @param {(typeof ROWS)[number]} row @param {{values: number[], floor?: number[]}} measured @param {Record<string, number>} floors */
export function judge(row, { values, floor }, floors) {
  const value = valueOf(row.row, values);
  const floorNow = floor && valueOf(row.row, floor);
  const floorThen = floors[row.row];
  // A slower machine, or a busier one, is slower at the floor as well.
  const hold = row.hold !== null && floorNow && floorThen ? row.hold * (floorNow / floorThen) : row.hold;
  // A row of our own that the budget does not know is told, and holds nothing up.
  const isHeld = hold === null ? null : row.of === "least" ? value >= hold : value <= hold;
  return { ...row, value, low: Math.min(...values), high: Math.max(...values), times: values.length, floor: floorNow, holdNow: hold, isHeld };
}
