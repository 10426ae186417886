import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

// In a soak: what chance decides, that is where a kill lands, ten times; or every look of every screen.
const soak = process.env.HEARTH_SOAK;
const SPECS: Record<string, string[]> = { kills: ["kills.spec.ts", "older-stores.spec.ts"], looks: ["screens*.spec.ts"] };

export default defineConfig({
  testDir: "journeys",
  testMatch: soak ? SPECS[soak] : "*.spec.ts",
  outputDir: path.join(place.results, "traces"),
  fullyParallel: true,
  workers: 2,
  // A test that passes only when tried again is a failed test.
  retries: 0,
  repeatEach: soak === "kills" ? 10 : 1,
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
