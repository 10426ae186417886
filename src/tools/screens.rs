//! The app's screens, from the enum that the app itself is made from.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::say;

#[expect(unreachable_pub, reason = "the app's library exports this file")]
#[path = "../app/route.rs"]
mod route;

pub(crate) use route::Route;

/// `cargo xtask screens`.
pub(crate) fn print(arguments: Arguments) -> Result<ExitCode> {
    arguments.finish()?;
    say::line(&format!("{:#}", list()));
    Ok(ExitCode::SUCCESS)
}

/// Writes the list to a file, for the tests that visit every screen.
pub(crate) fn write(file: &Path) -> Result<()> {
    std::fs::write(file, format!("{:#}\n", list()))
        .with_context(|| format!("{} cannot be written", file.display()))
}

/// Name and example address of each; `{id}` stands where a record's id goes.
fn list() -> Value {
    Route::ALL
        .iter()
        .map(|screen| json!({ "name": screen.name(), "example": screen.example(), "is_first": screen.is_first() }))
        .collect()
}
