import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

const isSoak = process.env.HEARTH_SOAK === "1";

export default defineConfig({
  testDir: "journeys",
  // What is repeated is what chance decides: where a kill lands.
  testMatch: isSoak ? "kills.spec.ts" : "*.spec.ts",
  outputDir: path.join(place.results, "traces"),
  fullyParallel: true,
  workers: 2,
  // A test that passes only when tried again is a failed test.
  retries: 0,
  repeatEach: isSoak ? 10 : 1,
  forbidOnly: process.env.CI === "true",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env.HEARTH_E2E_REPORT
    ? [["list"], ["json", { outputFile: process.env.HEARTH_E2E_REPORT }]]
    : "list",
  use: {
    actionTimeout: 15_000,
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: true, sources: false },
  },
});
