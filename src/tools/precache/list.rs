//! The files that a phone keeps, their checksums, and the version they make together.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{read_text, write_text};
use crate::build::{hash_bytes, list_files};

pub(super) const MARKER: &str = "const PRECACHE = /*__PRECACHE__*/ ";
const UNFILLED: &str = "const PRECACHE = /*__PRECACHE__*/ {version:\"dev\",files:[]};";
const VERSION_TAG: &str = "<meta name=\"hearth-version\" content=\"";

/// Writes the list into sw.js and the version into version.json and index.html.
pub(super) fn write_list(folder: &Path, label: &str) -> Result<String> {
    let worker = read_text(folder, "sw.js")?;
    let page = read_text(folder, "index.html")?;
    // The version cannot depend on the place where it is written.
    write_text(folder, "index.html", &set_shown_version(&page, "dev"))?;
    let unversioned = list_entries(folder)?.to_string();
    let template = fill_marker(&worker, None)?;
    let version = make_version(&unversioned, &template, label);

    write_text(folder, "index.html", &set_shown_version(&page, &version))?;
    let filled = json!({ "version": version, "files": list_entries(folder)? });
    write_text(folder, "sw.js", &fill_marker(&worker, Some(&filled))?)?;
    let shown = json!({ "version": version }).to_string();
    write_text(folder, "version.json", &shown)?;
    Ok(version)
}

/// The addresses of all kept files, sorted.
pub(crate) fn list_urls(folder: &Path) -> Result<Vec<String>> {
    list_those(folder, is_kept)
}

/// The addresses of a first visit's own program.
pub(crate) fn list_first(folder: &Path) -> Result<Vec<String>> {
    list_those(folder, |name| {
        is_of_first_visit(name) && is_for_browsers(name)
    })
}

fn list_those(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let mut urls = Vec::new();
    for file in list_files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        if is_wanted(&name) {
            urls.push(format!("/{name}"));
        }
    }
    urls.sort();
    Ok(urls)
}

/// Whether a phone needs the file offline.
pub(super) fn is_kept(name: &str) -> bool {
    // These icons are the installer's, who fetches them with the manifest and keeps them.
    if name.starts_with("icons/") && name.ends_with(".png") {
        return false;
    }
    is_for_browsers(name) && !is_of_first_visit(name) && name != "sw.js" && name != "version.json"
}

/// Licences and robots.txt are for readers of the site; the compressed copies are the server's.
fn is_for_browsers(name: &str) -> bool {
    let mut others = [".map", ".br", ".gz", ".txt"].iter();
    !others.any(|ending| name.ends_with(ending))
}

/// A first visit's own program: a phone that keeps anything has the whole one.
fn is_of_first_visit(name: &str) -> bool {
    name.starts_with("hearth-first-")
}

fn list_entries(folder: &Path) -> Result<Value> {
    let entries: Result<Vec<Value>> = list_urls(folder)?
        .into_iter()
        .map(|url| {
            let bytes = std::fs::read(folder.join(url.trim_start_matches('/')))
                .with_context(|| format!("{url} cannot be read"))?;
            Ok(json!({ "url": url, "sha256": hash_bytes(&bytes) }))
        })
        .collect();
    Ok(Value::Array(entries?))
}

/// The first twelve digits of a hash over everything that a phone keeps.
pub(super) fn make_version(list: &str, template: &str, label: &str) -> String {
    let hash = hash_bytes(format!("{list}\n{template}\n{label}").as_bytes());
    hash.chars().take(12).collect()
}

/// The worker with its list filled in, or emptied.
pub(super) fn fill_marker(worker: &str, list: Option<&Value>) -> Result<String> {
    let marked: Vec<&str> = worker
        .lines()
        .filter(|line| line.starts_with(MARKER))
        .collect();
    let [line] = marked.as_slice() else {
        bail!("sw.js needs exactly one line that starts with `{MARKER}`");
    };
    let filled = match list {
        Some(list) => format!("{MARKER}{list};"),
        None => UNFILLED.to_owned(),
    };
    Ok(worker.replace(line, &filled))
}

/// The page with the version in its tag, if it has one.
pub(super) fn set_shown_version(page: &str, version: &str) -> String {
    let Some((before, rest)) = page.split_once(VERSION_TAG) else {
        return page.to_owned();
    };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{VERSION_TAG}{version}\"{after}")
}
