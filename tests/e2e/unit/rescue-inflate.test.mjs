// The rescue page's own inflating, for browsers without `deflate-raw`, and the browser's, against Node's zlib.
import assert from "node:assert/strict";
import { constants, deflateRawSync } from "node:zlib";
import { test } from "node:test";
import { load, unhex } from "./rescue-store.mjs";

const { inflate, inflateHere, LONGEST } = await load("inflate.js");
const ways = [["here", async (bytes) => inflateHere(bytes)], ["by the browser or here", inflate]];

for (const [name, open] of ways) {
  test(`what zlib deflated comes out the same, ${name}`, async () => {
    const dice = startDice(7);
    for (const plain of [[], [0], Array(LONGEST).fill(65), ...Array.from({ length: 60 }, () => makePlain(dice))].map((bytes) => Buffer.from(bytes))) {
      for (const options of [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: constants.Z_FIXED }, { strategy: constants.Z_HUFFMAN_ONLY }, { windowBits: 9 }]) {
        assert.ok(Buffer.from(await open(deflateRawSync(plain, options))).equals(plain), `${plain.length} bytes, ${JSON.stringify(options)}`);
      }
    }
  });

  test(`more than a pack may hold is refused, ${name}`, async () => {
    await assert.rejects(open(deflateRawSync(Buffer.alloc(LONGEST + 1))));
    await assert.rejects(open(deflateRawSync(Buffer.alloc(64 * LONGEST))));
  });
}

// Node's own DecompressionStream takes what ends early; the pack's form and root are what holds there.
test("bytes that are not deflated, end early or go on are refused", () => {
  const whole = deflateRawSync(Buffer.from("He rode his bike, and rode it, and rode it again."));
  for (let end = 0; end < whole.length; end += 1) assert.throws(() => inflateHere(whole.subarray(0, end)), `${end}`);
  assert.throws(() => inflateHere(Buffer.concat([whole, Buffer.from([0])])));
  // A kind of block that is none; a stored length that does not fit; a repeat of what is not there.
  for (const hex of ["07", "010000feff", "0104000000", "010100feff41ff", "0101000000410000", "030200", "01010000fe41"]) assert.throws(() => inflateHere(unhex(hex)), hex);
});

test("no damaged byte makes it run on", () => {
  const dice = startDice(11);
  const whole = deflateRawSync(Buffer.from(makePlain(dice)));
  for (let i = 0; i < 2000; i += 1) {
    const damaged = Buffer.from(whole);
    damaged[dice(damaged.length)] ^= 1 << dice(8);
    try {
      assert.ok(inflateHere(damaged).length <= LONGEST);
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
    }
  }
});

// Letters, runs and noise in turn, so that every kind of block and length is met.
function makePlain(dice) {
  const bytes = [];
  for (let part = dice(12); part >= 0; part -= 1) {
    const length = dice(3000);
    const from = dice(4);
    const letter = dice(256);
    for (let i = 0; i < length; i += 1) {
      if (from === 0) bytes.push(dice(256));
      else if (from === 1) bytes.push(letter);
      else if (from === 2) bytes.push(97 + dice(4));
      else bytes.push(bytes[bytes.length - 1 - letter * 9] ?? dice(256));
    }
  }
  return bytes;
}

// The same numbers at every run (mulberry32).
function startDice(seed) {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
