//! Tests that run in browsers.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::{Run, cargo};
use crate::measure::prepare_playwright;
use crate::process::{command, run, tee};
use crate::report::Tally;
use crate::toolchain::{prepare_browser, prepare_engines, prepare_test_runner, prepare_wasm};

/// The store on a real IndexedDB.
pub(super) fn storage(this: &Run) -> Result<Tally> {
    prepare_wasm()?;
    let browser = prepare_browser(this.install)?;
    let capabilities = json!({ "goog:chromeOptions": {
        "binary": browser.chromium,
        "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    }});
    let settings = this.place.results("storage")?.join("webdriver.json");
    std::fs::write(&settings, capabilities.to_string())
        .context("target/storage/webdriver.json cannot be written")?;
    let (status, output) = tee(cargo(this.place)
        .args(["test", "--no-fail-fast", "-p", "hearth-storage"])
        .args(["--lib", "--tests", "--target", "wasm32-unknown-unknown"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            prepare_test_runner(this.place)?,
        )
        .env("CHROMEDRIVER", browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120"))?;
    Ok(Tally::from_cargo(&output).with_exit(status.success()))
}

/// The release app against the release server, as a person uses it.
pub(super) fn end_to_end(this: &Run) -> Result<Tally> {
    journeys(this, None)
}

/// The journeys that end a browser in the middle of something, ten times each.
pub(super) fn kills(this: &Run) -> Result<Tally> {
    journeys(this, Some("kills"))
}

/// Every state of every screen in each language and theme, from its first paint.
pub(super) fn looks(this: &Run) -> Result<Tally> {
    journeys(this, Some("looks"))
}

/// The core journeys in Firefox and WebKitGTK.
pub(super) fn engines(this: &Run) -> Result<Tally> {
    let programs = prepare_engines(this.install)?;
    if programs.iter().all(|(_, path)| path.as_os_str().is_empty()) {
        return Ok(Tally::SKIPPED);
    }
    let mut playwright = prepare_playwright(this.place, this.install, "engines")?;
    playwright
        .args(["test", "-c", "engines.config.ts"])
        .envs(programs);
    count(this, playwright, "engines")
}

fn journeys(this: &Run, soak: Option<&str>) -> Result<Tally> {
    let mut playwright = prepare_playwright(this.place, this.install, "e2e")?;
    playwright.arg("test");
    if let Some(soak) = soak {
        playwright.env("HEARTH_SOAK", soak);
    }
    count(this, playwright, "e2e")
}

/// Runs it; what passed and what failed it writes into a report below `target/<name>`.
fn count(this: &Run, mut playwright: Command, name: &str) -> Result<Tally> {
    let report = this.place.results(name)?.join("results.json");
    if report.exists() {
        std::fs::remove_file(&report)
            .with_context(|| format!("target/{name}/results.json cannot be removed"))?;
    }
    check_types(this)?;
    let (status, _) = tee(playwright.env("HEARTH_E2E_REPORT", &report))?;
    let report = std::fs::read_to_string(report)
        .context("Playwright wrote no report: the lines above say why")?;
    Ok(Tally::from_playwright(&report)?.with_exit(status.success()))
}

/// Playwright runs TypeScript without reading its types.
fn check_types(this: &Run) -> Result<()> {
    let folder = this.place.end_to_end();
    run(
        command(folder.join("node_modules/.bin/tsc"))
            .arg("--noEmit")
            .current_dir(&folder),
        "the types of the end-to-end tests do not fit: the lines above name the places",
    )
}
