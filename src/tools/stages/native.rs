//! Tests that need no browser.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{Run, cargo};
use crate::build::list_files;
use crate::process::{command, tee};
use crate::report::Tally;
use crate::toolchain::{prepare_node, prepare_rust};

/// Seeds of the simulation in a soak; in the test command it knows its own number.
const SOAK_SEEDS: &str = "2000";

/// The two crates that everything stands on.
pub(super) fn core(this: &Run) -> Result<Tally> {
    test(this, &["hearth-protocol", "hearth-core"])
}

/// Every crate without a socket or a browser, and the scripts that phones run.
pub(super) fn all(this: &Run) -> Result<Tally> {
    let mut tally = test(this, &["hearth-protocol", "hearth-core", "hearth-tools"])?;
    tally += test_scripts(this)?;
    Ok(tally)
}

/// The server over real sockets.
pub(super) fn server(this: &Run) -> Result<Tally> {
    test(this, &["hearth-server", "hearth-tests"])
}

fn test(this: &Run, packages: &[&str]) -> Result<Tally> {
    prepare_rust()?;
    let mut cargo = cargo(this.place);
    cargo.args(["test", "--no-fail-fast"]);
    for package in packages {
        cargo.args(["-p", package]);
    }
    let cases = std::env::var("PROPTEST_CASES").unwrap_or_else(|_| {
        let usual = if this.is_soak { "5000" } else { "64" };
        usual.to_owned()
    });
    let seeds = std::env::var("HEARTH_SEEDS").ok();
    let seeds = seeds.or_else(|| this.is_soak.then(|| SOAK_SEEDS.to_owned()));
    if let Some(seeds) = seeds {
        cargo.env("HEARTH_SEEDS", seeds);
    }
    let (status, output) = tee(cargo.env("PROPTEST_CASES", cases))?;
    Ok(Tally::from_cargo(&output).with_exit(status.success()))
}

/// Plain JavaScript is tested in Node: the service worker, contrast of the colours, and the
/// reader of the protocol that shares no code with it.
fn test_scripts(this: &Run) -> Result<Tally> {
    let mut tests: Vec<PathBuf> = Vec::new();
    for folder in ["tests/e2e/unit", "tests/reader"] {
        let found = list_files(&this.place.root.join(folder))?.into_iter();
        let before = tests.len();
        tests.extend(found.filter(|file| file.to_string_lossy().ends_with(".test.mjs")));
        if tests.len() == before {
            bail!("{folder} has no test: run `git checkout {folder}`");
        }
    }
    prepare_node()?;
    let report = this.place.results("native")?.join("scripts.tap");
    let status = command("node")
        .arg("--test")
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(tests)
        .current_dir(&this.place.root)
        .status()
        .context("node cannot be started")?;
    let report = std::fs::read_to_string(report).context("Node wrote no report of its tests")?;
    Ok(Tally::from_tap(&report).with_exit(status.success()))
}
