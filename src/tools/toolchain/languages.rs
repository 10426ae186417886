//! Rust and Node: the two things that a person brings along.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, run};
use crate::say;

const RUST: (u32, u32) = (1, 95);
const NODE: u32 = 20;
const WASM: &str = "wasm32-unknown-unknown";

/// Fails when the compiler is older than the code needs.
pub(super) fn check_rust() -> Result<()> {
    let answer = capture(command("rustc").arg("--version"))
        .context("Rust is missing: install it from https://rustup.rs")?;
    let (major, minor) = RUST;
    match read_version(&answer) {
        Some(found) if found >= RUST => Ok(()),
        _ => bail!(
            "Rust {major}.{minor} or newer is needed and this is '{}': run `rustup update stable`",
            answer.trim()
        ),
    }
}

/// Adds the browser's target when missing.
pub(super) fn prepare_wasm_target() -> Result<()> {
    let folder = capture(command("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    let step = say::step("Adding the browser target to Rust", "about 1 minute");
    run(
        command("rustup").args(["target", "add", WASM]),
        "the target wasm32-unknown-unknown is missing: run `rustup target add wasm32-unknown-unknown`",
    )?;
    step.done();
    Ok(())
}

/// Fails when Node is missing or too old.
pub(super) fn check_node() -> Result<()> {
    let answer = capture(command("node").arg("--version"))
        .context("Node is missing: install version 20 or newer from https://nodejs.org")?;
    match read_version(answer.trim().trim_start_matches('v')) {
        Some((major, _)) if major >= NODE => Ok(()),
        _ => bail!(
            "Node {NODE} or newer is needed and this is {}: install it from https://nodejs.org",
            answer.trim()
        ),
    }
}

/// Major and minor of the first word that looks like a version.
pub(super) fn read_version(text: &str) -> Option<(u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let mut parts = word.split('.');
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next()?.parse().ok()?;
        Some((major, minor))
    })
}
