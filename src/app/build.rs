//! Makes one typed key for each string of `i18n/en.json`, and fails the build where a language
//! lacks a string, has one too many, or names other placeholders than the English.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

const SOURCE: &str = "en";
const TRANSLATED: &[&str] = &["ur"];
/// Words of a page that the app does not draw.
const NOT_OURS: &str = "rescue.";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=i18n");
    let english = read_words(SOURCE)?;
    let mut mistakes = Vec::new();
    for language in TRANSLATED {
        mistakes.extend(compare(language, &english, &read_words(language)?));
    }
    if !mistakes.is_empty() {
        return Err(format!("src/app/i18n:\n{}", mistakes.join("\n")).into());
    }
    let made = make_keys(&english)? + &make_reviewed()?;
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("keys.rs"), made)?;
    Ok(())
}

fn read_words(language: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    let file = format!("i18n/{language}.json");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))?)
}

fn compare(
    language: &str,
    english: &Map<String, Value>,
    other: &Map<String, Value>,
) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (key, text) in english {
        match other.get(key) {
            None => mistakes.push(format!("{language}.json lacks {key}")),
            Some(translated) if placeholders(translated) != placeholders(text) => {
                mistakes.push(format!("{language}.json has other placeholders in {key}"));
            }
            Some(translated) if count_listed(translated) != count_listed(text) => {
                mistakes.push(format!(
                    "{language}.json lists more or fewer words in {key}"
                ));
            }
            Some(_) => {}
        }
    }
    let unknown = other.keys().filter(|key| !english.contains_key(*key));
    mistakes.extend(unknown.map(|key| format!("{SOURCE}.json lacks {key}, which {language} has")));
    mistakes
}

/// The names in braces; a text that is none has none.
fn placeholders(text: &Value) -> BTreeSet<&str> {
    let text = text.as_str().unwrap_or_default();
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// How many words a list has: they stand between bars.
fn count_listed(text: &Value) -> usize {
    text.as_str().unwrap_or_default().split('|').count()
}

fn make_keys(english: &Map<String, Value>) -> Result<String, Box<dyn Error>> {
    let mut names: Vec<&String> = english
        .keys()
        .filter(|key| !key.starts_with(NOT_OURS))
        .collect();
    names.sort();
    let mut made = String::from(
        "/// One string of the app.\n#[expect(clippy::enum_variant_names, reason = \"a string about a key ends in Key\")]\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         #[expect(dead_code, reason = \"choices and the static shell find theirs by name\")]\n\
         pub(crate) enum Key {\n",
    );
    for name in &names {
        writeln!(made, "    {},", variant(name))?;
    }
    let names = names.iter().map(|name| name.as_str()).collect::<Vec<_>>();
    let mark = sum_of(&names.join("\n"));
    writeln!(
        made,
        "}}\n\n/// The sum of the keys' names in their order, which is that of the letters.\n\
         pub(super) const NAMES: u32 = {mark};"
    )?;
    Ok(made)
}

/// FNV-1a; `i18n/mod.rs` makes the same of the names that a file brings.
fn sum_of(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn variant(name: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split(['.', '_']).map(capital).collect()
}

/// For each language, whether a speaker has checked every string.
fn make_reviewed() -> Result<String, Box<dyn Error>> {
    let reviewed = read_words("reviewed")?;
    let mut made = String::from(
        "\n/// The languages of which a speaker has checked every string.\n\
         pub(super) const REVIEWED: &[&str] = &[",
    );
    for language in std::iter::once(&SOURCE).chain(TRANSLATED) {
        let checked = match reviewed.get(*language) {
            Some(Value::String(all)) => all == "all",
            Some(Value::Array(keys)) => {
                let words = read_words(language)?;
                words
                    .keys()
                    .all(|key| keys.iter().any(|checked| checked == key.as_str()))
            }
            _ => return Err(format!("reviewed.json says nothing of {language}").into()),
        };
        if checked {
            write!(made, "{language:?}, ")?;
        }
    }
    made.push_str("];\n");
    Ok(made)
}
