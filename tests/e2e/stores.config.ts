// Makes a store to be kept in `stores`, with the build that is in the server: see stores/README.md.
import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

export default defineConfig({
  testDir: "stores",
  testMatch: "make.ts",
  outputDir: path.join(place.results, "traces"),
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: "list",
});
