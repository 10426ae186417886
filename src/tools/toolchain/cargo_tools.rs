//! Tools that Cargo compiles.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::place::{Place, lock, make_folder};
use crate::process::{command, run};
use crate::say;

const TRUNK: &str = "0.21.14";

/// Trunk, which builds the app; the folder with its binary.
pub(super) fn prepare_trunk(place: &Place) -> Result<PathBuf> {
    let mut install = command("cargo");
    install
        .args(["install", "--locked", "trunk"])
        .args(["--version", TRUNK])
        // Trunk only starts other programs: compiling it fast beats compiling it well.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64");
    prepare(
        place,
        &format!("trunk-{TRUNK}"),
        &mut install,
        "about 5 minutes",
    )
}

/// The bindings generator, of exactly the version that the app links; the folder with its binaries.
pub(super) fn prepare_wasm_bindgen(place: &Place) -> Result<PathBuf> {
    let lock = std::fs::read_to_string(place.root.join("Cargo.lock"))
        .context("Cargo.lock is missing: run `git checkout Cargo.lock`")?;
    let version = find_locked(&lock, "wasm-bindgen")
        .context("Cargo.lock does not name wasm-bindgen: run `cargo metadata` once")?;
    let mut install = command("cargo");
    // Its own lock file names a version that the registry no longer serves, so no --locked.
    install
        .args(["install", "wasm-bindgen-cli"])
        .args(["--version", &format!("={version}")])
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    prepare(
        place,
        &format!("wasm-bindgen-{version}"),
        &mut install,
        "about 4 minutes",
    )
}

/// The version of a package in a lock file.
pub(super) fn find_locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn prepare(place: &Place, name: &str, install: &mut Command, about: &str) -> Result<PathBuf> {
    let folder = place.tools.join(name);
    make_folder(&place.tools)?;
    let _held = lock(&place.tools.join("lock"))?;
    if !folder.exists() {
        let step = say::step(&format!("Installing {name}"), about);
        let partial = place.tools.join(format!("{name}.partial"));
        run(
            install
                .arg("--root")
                .arg(&partial)
                .env_remove("CARGO_TARGET_DIR"),
            &format!("{name} could not be installed: look at the lines above, then run this again"),
        )?;
        std::fs::rename(&partial, &folder)
            .with_context(|| format!("{} cannot be renamed", partial.display()))?;
        step.done();
    }
    Ok(folder.join("bin"))
}
