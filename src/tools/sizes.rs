//! What a first visit and the whole offline copy weigh, held to the budget.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::precache::{list_first, list_urls};
use crate::say;

#[cfg(test)]
mod tests;

const KB: u64 = 1000;
/// Everything before Home can be pressed, first visit, one language, fonts included.
const FIRST_LOAD: u64 = 260 * KB;
/// Everything that works offline.
const PRECACHE: u64 = 700 * KB;

/// Files that no first screen asks for. Whatever is not named here counts as first load.
const LATER: [&str; 11] = [
    // Registered when the app stands.
    "/sw.js",
    // A first visit has a program of its own; this one is of the second, or of a link.
    "/hearth-app-",
    // Letters beyond Western Europe: a browser fetches them when a page has one.
    "-ext.",
    // On a first visit start.js asks for it when the app stands and Home can be pressed.
    "/hearth-worker-",
    "/worker-start.js",
    "/i18n/",
    "/icons/",
    "/manifest.webmanifest",
    // Only a list with nothing in it shows the drawing.
    "/pictures/hearth.svg",
    // Only the screens that let another phone in compare them.
    "/pictures-64",
    "/rescue",
];

/// Prints the table and fails above the budget.
pub(crate) fn check(place: &Place) -> Result<()> {
    let (mut first, mut all) = (0, 0);
    say::line("       raw    brotli  file (* = first load, - = not in the offline copy)");
    // What keeps the copy is kept by the browser itself, in no list of files.
    let worker = "/sw.js".to_owned();
    for url in list_urls(&place.dist)?.into_iter().chain([worker]) {
        let sent = show(place, &url, if is_first_load(&url) { '*' } else { ' ' })?;
        all += sent;
        first += if is_first_load(&url) { sent } else { 0 };
    }
    for url in list_first(&place.dist)? {
        first += show(place, &url, '-')?;
    }
    say::line(&format!(
        "first load {first} bytes of {FIRST_LOAD}, offline copy {all} of {PRECACHE}"
    ));
    if first > FIRST_LOAD || all > PRECACHE {
        bail!("the app is heavier than its budget: the table above says which file grew");
    }
    Ok(())
}

/// Prints its line, and gives the bytes that travel.
fn show(place: &Place, url: &str, mark: char) -> Result<u64> {
    let (raw, sent) = measure(&place.dist.join(url.trim_start_matches('/')))?;
    say::line(&format!("{raw:>10} {sent:>9} {mark}{url}"));
    Ok(sent)
}

/// Whether a first visit in English loads the file before Home can be pressed.
fn is_first_load(url: &str) -> bool {
    url == "/i18n/en.json" || !LATER.iter().any(|part| url.contains(part))
}

/// The file's own bytes, and those that travel to a browser that reads brotli.
fn measure(file: &Path) -> Result<(u64, u64)> {
    let raw = std::fs::metadata(file)
        .with_context(|| format!("{} is missing: build the app", file.display()))?
        .len();
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    let sent = std::fs::metadata(compressed).map_or(raw, |found| found.len());
    Ok((raw, sent))
}
