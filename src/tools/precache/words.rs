//! The static pages show English before any script runs; it must be the English of `en.json`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::read_text;
use crate::build::list_files;

/// Fails when a page's words differ from the language file's, or have no key there.
pub(super) fn check_pages(folder: &Path) -> Result<()> {
    let english: Value = serde_json::from_str(&read_text(folder, "i18n/en.json")?)
        .context("src/app/i18n/en.json is not JSON")?;
    let mut mistakes = Vec::new();
    for file in list_files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        if name.ends_with(".html") {
            let found = find_mistakes(&read_text(folder, &name)?, &english);
            mistakes.extend(
                found
                    .into_iter()
                    .map(|mistake| format!("{name}: {mistake}")),
            );
        }
    }
    if !mistakes.is_empty() {
        bail!(
            "the pages and src/app/i18n/en.json say different things:\n{}",
            mistakes.join("\n")
        );
    }
    Ok(())
}

/// One sentence for each element whose words are not those of its key.
pub(super) fn find_mistakes(page: &str, english: &Value) -> Vec<String> {
    let page = remove_comments(page);
    let mut mistakes = Vec::new();
    for part in page.split(" data-t=\"").skip(1) {
        let Some((key, rest)) = part.split_once('"') else {
            continue;
        };
        let inside = rest.split_once('>').map_or("", |(_, inside)| inside);
        let (text, next) = inside.split_once('<').unwrap_or((inside, ""));
        let shown = read_shown(text);
        match english.get(key).and_then(Value::as_str) {
            _ if !next.starts_with('/') => mistakes.push(format!(
                "the element of {key} may hold only words: give its words an element of their own"
            )),
            None => mistakes.push(format!("en.json has no {key} ('{shown}')")),
            Some(written) if written != shown => mistakes.push(format!(
                "{key} is '{shown}' on the page and '{written}' in en.json"
            )),
            Some(_) => {}
        }
    }
    mistakes
}

fn remove_comments(page: &str) -> String {
    page.split("<!--")
        .enumerate()
        .map(|(index, part)| match part.split_once("-->") {
            Some((_, after)) if index > 0 => after,
            _ => part,
        })
        .collect()
}

/// Text as a browser shows it: spaces folded, entities read.
fn read_shown(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
