//! What has to be on the machine, installed when missing.
//!
//! A tool lives in a folder named after its version, and gets that name as the last step of its
//! installation: half an installation never counts.

mod cargo_tools;
mod languages;
mod npm;
mod system;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;

use crate::place::Place;
use crate::process::path_with;

pub(crate) use npm::{prepare_end_to_end, prepare_esbuild};
pub(crate) use system::{may_install, prepare_browser, prepare_engines, prepare_fonts};

/// The tools that build the app.
pub(crate) struct AppTools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    binaryen: PathBuf,
}

impl AppTools {
    /// Installs what is missing: about twenty minutes on a fresh machine with two cores.
    pub(crate) fn prepare(place: &Place) -> Result<Self> {
        prepare_wasm()?;
        languages::check_node()?;
        Ok(Self {
            trunk: cargo_tools::prepare_trunk(place)?,
            wasm_bindgen: cargo_tools::prepare_wasm_bindgen(place)?,
            binaryen: npm::prepare_binaryen(place)?,
        })
    }

    /// The PATH on which Trunk finds its tools.
    pub(crate) fn path(&self) -> Result<OsString> {
        path_with(&[
            self.trunk.clone(),
            self.wasm_bindgen.clone(),
            self.binaryen.clone(),
        ])
    }
}

/// The runner for tests that run in a browser.
pub(crate) fn prepare_test_runner(place: &Place) -> Result<PathBuf> {
    let folder = cargo_tools::prepare_wasm_bindgen(place)?;
    Ok(folder.join("wasm-bindgen-test-runner"))
}

/// Rust is new enough.
pub(crate) fn prepare_rust() -> Result<()> {
    languages::check_rust()
}

/// Rust is new enough and can compile for the browser.
pub(crate) fn prepare_wasm() -> Result<()> {
    languages::check_rust()?;
    languages::prepare_wasm_target()
}

/// Node is new enough.
pub(crate) fn prepare_node() -> Result<()> {
    languages::check_node()
}
