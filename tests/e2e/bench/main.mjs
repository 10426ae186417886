// `cargo xtask bench [--hold]`: every figure of the budget that this landing has, as medians with
// their spread, written to target/bench/figures.json and, before the runs that stand there, to
// docs/figures.md. With --hold a figure beyond its budget ends the run with a failure; with
// --floors the floors of this run become those that all later runs are compared with.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { measureLighthouse } from "./lighthouse.mjs";
import { ROWS, addRun, floorsOf, judge } from "./rows.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const results = process.env.HEARTH_RESULTS ?? path.join(here, "../../../target/bench");
const parts = path.join(results, "parts");
const isHolding = process.argv.includes("--hold");
const floorsFile = path.join(here, "floors.json");
const figuresFile = path.join(here, "../../../docs/figures.md");

rmSync(parts, { recursive: true, force: true });
mkdirSync(parts, { recursive: true });
const loadBefore = loadavg()[0];
runBrowser();
const lighthouse = await withServer((address) => measureLighthouse(address, process.env.HEARTH_CHROMIUM ?? "/usr/bin/chromium"));
const measured = new Map([...readParts(), ...lighthouse.measured, ...measureWire()].map((one) => [one.row, one]));
if (process.argv.includes("--floors")) writeFileSync(floorsFile, `${JSON.stringify(floorsOf(measured.values()), null, 2)}\n`);
report(ROWS.map((row) => judge(row, measured.get(row.row) ?? { values: [NaN] }, readFloors())));

function runBrowser() {
  const playwright = path.join(here, "../node_modules/.bin/playwright");
  const { status } = spawnSync(playwright, ["test", "-c", "bench.config.ts"], { cwd: path.join(here, ".."), stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** The engine natively against the real server: one line of JSON for each row. */
function measureWire() {
  const lines = execFileSync(process.env.HEARTH_WIRE ?? "hearth-wire", { encoding: "utf8" });
  return lines.trim().split("\n").map((line) => JSON.parse(line));
}

/** @param {(address: string) => unknown} act */
async function withServer(act) {
  const folder = mkdtempSync(path.join(tmpdir(), "hearth-bench-"));
  const server = spawn(process.env.HEARTH_SERVER ?? "hearth-server", ["--listen", "127.0.0.1:0", "--data", path.join(folder, "hearth.sqlite")], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const address = await new Promise((resolve, reject) => {
      server.once("error", reject);
      createInterface(server.stdout).on("line", (line) => {
        const found = /Hearth is at (http:\S+)/.exec(line);
        if (found) resolve(found[1]);
      });
    });
    return await act(address);
  } finally {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function readParts() {
  return readdirSync(parts).map((file) => JSON.parse(readFileSync(path.join(parts, file), "utf8")));
}

function readFloors() {
  return JSON.parse(readFileSync(floorsFile, "utf8"));
}

function report(rows) {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: here, encoding: "utf8" }).trim();
  const date = new Date().toISOString();
  const machine = { processors: cpus().length, model: cpus()[0]?.model, loadBefore, benchmarkIndex: lighthouse.machine };
  writeFileSync(path.join(results, "figures.json"), JSON.stringify({ date, commit, machine, rows }, null, 2));
  const table = [
    `## ${date.slice(0, 10)}, commit ${commit}`,
    "",
    `\`cargo xtask bench\`, ${machine.processors} processors, load ${loadBefore?.toFixed(1)} before, benchmarkIndex ${lighthouse.machine.join(" ")}`,
    "",
    "| what | measured | spread | floor in this run | hold | aim | held |",
    "|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row.what} | ${say(row.value, row.unit)} | ${say(row.low)} to ${say(row.high)}, ${row.times} times | ${row.floor === undefined ? "-" : say(row.floor, row.unit)} | ${say(row.hold)}${row.holdNow === row.hold ? "" : `, here ${say(row.holdNow)}`} | ${say(row.aim)} | ${row.isHeld === null ? "-" : row.isHeld ? "yes" : "no"} |`),
    "",
  ].join("\n");
  writeFileSync(figuresFile, addRun(readFileSync(figuresFile, "utf8"), table));
  console.log(table);
  const broken = rows.filter((row) => row.isHeld === false);
  if (isHolding && broken.length > 0) {
    console.error(`beyond the budget: ${broken.map((row) => row.what).join("; ")}`);
    process.exitCode = 1;
  }
}

function say(value, unit = "") {
  if (value === null) return "-";
  const text = value >= 100 ? Math.round(value).toLocaleString("en-GB") : String(Math.round(value * 1000) / 1000);
  return unit ? `${text} ${unit}` : text;
}
