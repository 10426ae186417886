//! The language files as they travel, and the words of the static pages: those show English before
//! any script runs, and it must be the English of `en.json`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::{read_text, write_text};
use crate::build::list_files;

/// Fails when a page's words differ from the language file's, or have no key there.
pub(super) fn check_pages(folder: &Path) -> Result<()> {
    let english = Value::Object(flatten(read_words(folder, "i18n/en.json")?));
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

/// Writes each language file as it travels: `{"shell": {"name": ...}}`, so that the first half of a
/// name is there once. `public/boot.js` and `public/rescue.js` put the names together again.
pub(super) fn pack_words(folder: &Path) -> Result<()> {
    for file in list_files(&folder.join("i18n"))? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        if name.ends_with(".json") {
            let packed = pack(flatten(read_words(folder, &name)?));
            write_text(folder, &name, &Value::Object(packed).to_string())?;
        }
    }
    Ok(())
}

fn read_words(folder: &Path, name: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(&read_text(folder, name)?)
        .with_context(|| format!("src/app/{name} is not a JSON object"))
}

pub(super) fn pack(words: Map<String, Value>) -> Map<String, Value> {
    let mut packed: Map<String, Value> = Map::new();
    for (key, text) in words {
        let (first, rest) = key.split_once('.').unwrap_or(("", &key));
        let part = packed.entry(first).or_insert_with(|| Map::new().into());
        if let Some(part) = part.as_object_mut() {
            part.insert(rest.to_owned(), text);
        }
    }
    packed
}

/// Whole names again; a file that was not packed stays as it is.
pub(super) fn flatten(words: Map<String, Value>) -> Map<String, Value> {
    let mut flat = Map::new();
    for (first, value) in words {
        match value {
            Value::Object(part) => flat.extend(
                part.into_iter()
                    .map(|(rest, text)| (format!("{first}.{rest}"), text)),
            ),
            text => drop(flat.insert(first, text)),
        }
    }
    flat
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
