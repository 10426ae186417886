//! Stages that read the code without running it; each counts as one check.

use anyhow::Result;

use super::{Run, cargo};
use crate::process::run;
use crate::report::Tally;
use crate::toolchain::{prepare_rust, prepare_wasm};

/// The crates that only a browser runs.
const FOR_WASM: [&str; 8] = [
    "-p",
    "hearth-storage",
    "-p",
    "hearth-worker",
    "-p",
    "hearth-app",
    "--target",
    "wasm32-unknown-unknown",
];

pub(super) fn format(this: &Run) -> Result<Tally> {
    prepare_rust()?;
    run(
        cargo(this.place).args(["fmt", "--all", "--", "--check"]),
        "the formatting differs: run `cargo fmt --all`",
    )?;
    Ok(Tally::PASSED)
}

pub(super) fn lint(this: &Run) -> Result<Tally> {
    prepare_wasm()?;
    let failure = "clippy has something to say: the lines above name the places";
    let strict = ["--", "-D", "warnings"];
    let native = run(
        cargo(this.place)
            .args(["clippy", "--all-targets"])
            .args(strict),
        failure,
    );
    let wasm = run(
        cargo(this.place)
            .args(["clippy", "--all-targets"])
            .args(FOR_WASM)
            .args(strict),
        failure,
    );
    native.and(wasm)?;
    Ok(Tally::PASSED)
}

pub(super) fn docs(this: &Run) -> Result<Tally> {
    prepare_wasm()?;
    let failure = "the documentation has a broken link or example: the lines above name it";
    let native = run(
        cargo(this.place)
            .args(["doc", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings"),
        failure,
    );
    let wasm = run(
        cargo(this.place)
            .args(["doc", "--no-deps"])
            .args(FOR_WASM)
            .env("RUSTDOCFLAGS", "-D warnings"),
        failure,
    );
    native.and(wasm)?;
    Ok(Tally::PASSED)
}
