// `cargo xtask look`: pictures for people. Nothing here decides whether the tests pass.
import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

export default defineConfig({
  testDir: "look",
  outputDir: path.join(place.results, "traces"),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: { actionTimeout: 15_000 },
});
