// Computes the contrast of every pair that style/ puts on the screen, in both themes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../../style/tokens.css", import.meta.url), "utf8");
const light = readTokens(css, /:root \{([^}]*--bg[^}]*)\}/);
const darkByPhone = readTokens(css, /:root:not\(\[data-theme="light"\]\) \{([^}]*)\}/);
const darkByChoice = readTokens(css, /:root\[data-theme="dark"\] \{([^}]*)\}/);

const WORDS = 4.5;
const SHAPES = 3;
const PAIRS = [
  ...["bg", "surface", "sunken", "brand-soft", "story-soft", "feedback-soft", "achievement-soft", "error-soft"].map((ground) => ["text", ground, WORDS]),
  ...["bg", "surface", "sunken", "brand-soft"].map((ground) => ["text-2", ground, WORDS]),
  ...["bg", "surface", "brand-soft"].map((ground) => ["brand", ground, WORDS]),
  ...["story", "feedback", "achievement"].flatMap((kind) => [[kind, "surface", WORDS], [kind, `${kind}-soft`, WORDS], [kind, "bg", WORDS], ["on-kind", kind, WORDS]]),
  ["on-brand", "brand", WORDS],
  ["on-brand", "brand-pressed", WORDS],
  ...["bg", "surface", "error-soft"].map((ground) => ["error", ground, WORDS]),
  ["warning", "warning-soft", WORDS],
  ["focus-ink", "focus", WORDS],
  ["on-toast", "toast", WORDS],
  ...["bg", "surface", "sunken"].map((ground) => ["border", ground, SHAPES]),
];

for (const [name, tokens] of [["light", light], ["dark", darkByChoice]]) {
  for (const [ink, ground, least] of PAIRS) {
    test(`${name}: ${ink} on ${ground} has at least ${least}`, () => {
      const found = contrast(tokens[ink], tokens[ground]);
      assert.ok(found >= least, `${tokens[ink]} on ${tokens[ground]} is ${found.toFixed(2)}`);
    });
  }
}

test("one half of the focus ring stands out on every ground", () => {
  for (const tokens of [light, darkByChoice]) {
    for (const ground of ["bg", "surface", "sunken", "brand", "story", "feedback", "achievement"]) {
      const best = Math.max(contrast(tokens.focus, tokens[ground]), contrast(tokens["focus-ink"], tokens[ground]));
      assert.ok(best >= SHAPES, `${ground}: ${best.toFixed(2)}`);
    }
  }
});

test("the dark theme is the same by the phone's wish and by the person's", () => {
  assert.deepEqual(darkByPhone, darkByChoice);
});

test("both themes name the same tokens", () => {
  assert.deepEqual(Object.keys(darkByChoice).sort(), Object.keys(light).sort());
});

test("the rescue page, which has its own file, has the same colours", () => {
  const own = readFileSync(new URL("../../../public/rescue.css", import.meta.url), "utf8");
  const same = (mine, theirs) => assert.deepEqual(mine, Object.fromEntries(Object.keys(mine).map((name) => [name, theirs[name]])));
  same(readTokens(own, /:root \{([^}]*)\}/), light);
  same(readTokens(own, /:root\[data-theme="dark"\] \{([^}]*)\}/), darkByChoice);
  same(readTokens(own, /:root:not\(\[data-theme="light"\]\) \{([^}]*)\}/), darkByChoice);
});

function readTokens(source, block) {
  const found = source.match(block);
  assert.ok(found, `no block ${block}`);
  return Object.fromEntries([...found[1].matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  assert.match(String(colour), /^#[0-9A-F]{6}$/i);
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
