// The part of `cargo xtask bench` that needs a browser; bench/main.mjs runs it and adds the rest.
import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

export default defineConfig({
  testDir: "bench",
  testMatch: "*.bench.ts",
  outputDir: path.join(place.results, "traces"),
  // One thing at a time: two would measure each other.
  workers: 1,
  retries: 0,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: { actionTimeout: 60_000 },
});
