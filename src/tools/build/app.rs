//! The release app, by Trunk.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::inputs::hash_inputs;
use crate::place::{Place, lock, make_folder};
use crate::process::{command, run};
use crate::say;
use crate::toolchain::AppTools;

/// Builds the app into `target/dist`, unless what is there was made from the same files.
pub(crate) fn build_app(place: &Place) -> Result<()> {
    let tools = AppTools::prepare(place)?;
    let target = place.results("")?;
    // Two builds at once would write into one staging folder.
    let _held = lock(&target.join("dist.lock"))?;

    let stamp = target.join("dist.stamp");
    if place.dist.join("index.html").exists()
        && std::fs::read_to_string(&stamp)
            .is_ok_and(|found| hash_inputs(&place.root).is_ok_and(|now| now == found))
    {
        say::line("The app in target/dist is up to date.");
        return Ok(());
    }
    let step = say::step(
        "Building the app",
        "about 6 minutes the first time, then 1 to 3",
    );
    remove_if_there(&stamp)?;
    // Trunk copies every snippet that wasm-bindgen ever left here, old ones too.
    remove_if_there(&place.cargo_target.join("wasm-bindgen/release"))?;
    make_folder(&place.dist)?;
    fetch_crates(place)?;
    // Only now: fetching may complete Cargo.lock. Files edited from here on make the stamp stale.
    let inputs = hash_inputs(&place.root)?;
    run_trunk(place, &tools)?;
    std::fs::write(&stamp, inputs).context("target/dist.stamp cannot be written")?;
    step.done();
    Ok(())
}

fn fetch_crates(place: &Place) -> Result<()> {
    run(
        command("cargo")
            .args(["fetch", "--target", "wasm32-unknown-unknown"])
            .current_dir(&place.root),
        "the crates could not be fetched: check that Cargo reaches its registry",
    )
}

fn run_trunk(place: &Place, tools: &AppTools) -> Result<()> {
    let this_program = std::env::current_exe().context("this program cannot find itself")?;
    run(
        command("trunk")
            .args(["build", "--release", "--offline=true"])
            .current_dir(&place.root)
            .env("PATH", tools.path()?)
            .env("CARGO_TARGET_DIR", &place.cargo_target)
            .env("HEARTH_XTASK", this_program)
            .env("CARGO_ENCODED_RUSTFLAGS", release_flags()?)
            // Trunk stops at the value 1, which other programs ask for.
            .env_remove("NO_COLOR"),
        "the app does not build: the lines above say where",
    )
}

/// What `.cargo/config.toml` says for wasm, and names for the crates' folder: a panic's place is
/// shown to people, and no builder's home belongs there.
fn release_flags() -> Result<String> {
    let crates = find_cargo_home()?.join("registry/src");
    let remap = format!("--remap-path-prefix={}=crates", crates.display());
    Ok(["--cfg", "erase_components", &remap].join("\u{1f}"))
}

fn find_cargo_home() -> Result<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    named
        .or_else(usual)
        .context("neither CARGO_HOME nor HOME is set: set HOME to your home folder")
}

fn remove_if_there(path: &Path) -> Result<()> {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else if path.exists() {
        std::fs::remove_file(path)
    } else {
        Ok(())
    };
    removed.with_context(|| format!("{} cannot be removed", path.display()))
}
