import { defineConfig } from "@playwright/test";
import path from "node:path";
import { place } from "./support/place.ts";

// The core journeys in the engines that Playwright does not drive; only its runner is used.
export default defineConfig({
  testDir: "engines",
  testMatch: "*.spec.ts",
  outputDir: path.join(place.results, "traces"),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === "true",
  // A server that builds something beside this is slow.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: process.env.HEARTH_E2E_REPORT
    ? [["list"], ["json", { outputFile: process.env.HEARTH_E2E_REPORT }]]
    : "list",
});
