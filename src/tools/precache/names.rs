//! Names made from content.
//!
//! Trunk names the app's files after the wasm before its last steps, and the worker's not at all.
//! A browser keeps a named file for a year, so a name must change whenever a byte does.

use std::path::Path;

use anyhow::{Context, Result};

use super::{read_text, write_text};
use crate::build::hash_bytes;
use crate::screens::Route;

/// What start.js reads from its own script tag, and the name each file gets.
const FILES: [(&str, &str, &str); 6] = [
    ("data-first-js", "hearth-first", "js"),
    ("data-first-wasm", "hearth-first", "wasm"),
    ("data-js", "hearth-app", "js"),
    ("data-wasm", "hearth-app", "wasm"),
    ("data-worker-js", "hearth-worker", "js"),
    ("data-worker-wasm", "hearth-worker", "wasm"),
];

/// Where they are written, once.
const NO_ROUTES: &str = " data-first=\"\"";

/// Renames the six files and writes their addresses into index.html.
pub(super) fn settle_names(folder: &Path) -> Result<()> {
    let mut page = read_text(folder, "index.html")?;
    for (attribute, stem, ending) in FILES {
        let address = find_address(&page, attribute)?;
        let old = folder.join(address.trim_start_matches('/'));
        let bytes = std::fs::read(&old).with_context(|| {
            format!("index.html names {address} and the build did not make that file")
        })?;
        let hash: String = hash_bytes(&bytes).chars().take(16).collect();
        let name = format!("{stem}-{hash}.{ending}");
        std::fs::rename(&old, folder.join(&name))
            .with_context(|| format!("{} cannot be renamed", old.display()))?;
        page = page.replace(&format!("\"{address}\""), &format!("\"/{name}\""));
    }
    page = page.replace(NO_ROUTES, &format!(" data-first=\"{}\"", first_routes()));
    write_text(folder, "index.html", &page)
}

/// Where a first visit's program has the screen: addresses, those that end in a slash go on.
fn first_routes() -> String {
    let first = Route::ALL.iter().filter(|screen| screen.is_first());
    let addresses: Vec<&str> = first.map(|screen| screen.address()).collect();
    addresses.join(" ")
}

fn find_address(page: &str, attribute: &str) -> Result<String> {
    page.split_once(&format!(" {attribute}=\""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(address, _)| address.to_owned())
        .with_context(|| {
            format!("index.html has no {attribute}: pattern_script in Trunk.toml writes it")
        })
}
