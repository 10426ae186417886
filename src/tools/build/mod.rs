//! Building what people get: the app for phones, and the server that carries it.

mod app;
mod inputs;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;

use crate::place::Place;
use crate::process::{command, run};
use crate::say;

pub(crate) use app::build_app;
pub(crate) use inputs::{hash_bytes, list_files};

/// Builds the release server with the app inside it; the path of the binary.
pub(crate) fn build_server(place: &Place) -> Result<PathBuf> {
    let step = say::step(
        "Building the server",
        "about 4 minutes the first time, then seconds",
    );
    run(
        command("cargo")
            .args(["build", "--release", "-p", "hearth-server"])
            .current_dir(&place.root)
            .env("CARGO_TARGET_DIR", &place.cargo_target)
            .env("HEARTH_DIST", &place.dist),
        "the server does not compile: the lines above say where",
    )?;
    step.done();
    Ok(place.server())
}
