//! Tools and test libraries that npm brings.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::hash_bytes;
use crate::place::{Place, lock, make_folder};
use crate::process::{command, run};
use crate::say;

const BINARYEN: &str = "132";
const ESBUILD: &str = "0.25.12";

/// Binaryen's wasm-opt; the folder with its binary. Debian's is too old for what Rust emits.
pub(super) fn prepare_binaryen(place: &Place) -> Result<PathBuf> {
    prepare_package(place, "binaryen", BINARYEN)
}

/// The program that makes scripts small.
pub(crate) fn prepare_esbuild(place: &Place) -> Result<PathBuf> {
    Ok(prepare_package(place, "esbuild", ESBUILD)?.join("esbuild"))
}

/// One package of exactly this version; the folder with its programs.
fn prepare_package(place: &Place, package: &str, version: &str) -> Result<PathBuf> {
    let name = format!("{package}-{version}");
    let folder = place.tools.join(&name);
    make_folder(&place.tools)?;
    let _held = lock(&place.tools.join("lock"))?;
    if !folder.exists() {
        let step = say::step(&format!("Installing {name}"), "about 10 seconds");
        let partial = place.tools.join(format!("{name}.partial"));
        make_folder(&partial)?;
        let failure = format!(
            "{package} could not be installed: check that npm reaches its registry, then run this again"
        );
        run(
            npm()
                .args(["install", "--no-save", "--ignore-scripts", "--prefix"])
                .arg(&partial)
                .arg(format!("{package}@{version}")),
            &failure,
        )?;
        std::fs::rename(&partial, &folder)
            .with_context(|| format!("{} cannot be renamed", partial.display()))?;
        step.done();
    }
    Ok(folder.join("node_modules/.bin"))
}

/// Playwright and what else the end-to-end tests use.
pub(crate) fn prepare_end_to_end(place: &Place) -> Result<()> {
    super::prepare_node()?;
    let folder = place.end_to_end();
    let Ok(packages) = std::fs::read(folder.join("package-lock.json")) else {
        bail!("tests/e2e/package-lock.json is missing: run `npm install` in tests/e2e");
    };
    let _held = lock(&place.results("e2e")?.join("packages.lock"))?;
    let stamp = folder.join("node_modules/.installed-lock");
    let wanted = hash_bytes(&packages);
    if std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let step = say::step(
        "Installing the end-to-end tests' packages",
        "about 20 seconds",
    );
    run(
        npm()
            .arg("ci")
            .current_dir(&folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        "the packages of tests/e2e could not be installed: check that npm reaches its registry, then run this again",
    )?;
    std::fs::write(&stamp, wanted).context("tests/e2e/node_modules cannot be written")?;
    step.done();
    Ok(())
}

fn npm() -> Command {
    let mut npm = command("npm");
    npm.env("npm_config_audit", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_update_notifier", "false");
    npm
}
