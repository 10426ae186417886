//! Words: one JSON file a language, loaded at run time, found by typed keys.
//!
//! A language change draws the whole app anew, so a text needs no signal. No text may stand in
//! the code: a missing key does not compile, and the build fails where a language lacks one.
//!
//! The keys' names are not in the wasm either: a file brings them, in any order, and sorted they
//! are the keys. Their sum tells a file of another build.

mod language;

use crate::browser::hearth;
use js_sys::Object;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};

pub(crate) use language::Language;

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

thread_local! {
    static NAMES_HERE: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
    static WORDS: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Words of a page that the app does not draw.
const NOT_OURS: &str = "rescue.";

/// The text of a key in the app's language.
pub(crate) fn t(key: Key) -> &'static str {
    WORDS.get().get(key as usize).copied().unwrap_or_default()
}

/// The text of a key, with its placeholders filled in.
pub(crate) fn t_with(key: Key, values: &[(&str, &str)]) -> String {
    let mut text = t(key).to_owned();
    for (name, value) in values {
        let place = ["{", name, "}"].concat();
        text = text.replace(&place, value);
    }
    text
}

/// The text of the key with that name. A field's label, for one.
pub(crate) fn word_of(name: &str) -> &'static str {
    find(name).unwrap_or_default()
}

/// A choice in words; a code that this build does not know is shown as itself.
pub(crate) fn choice_of(field: &str, code: &str) -> String {
    find(&[field, ".", code].concat()).map_or_else(|| code.to_owned(), ToOwned::to_owned)
}

/// Takes the texts of a language out of its parsed JSON. They live as long as the page, once for
/// each language that is chosen. False, and nothing is taken, where they are of another build.
pub(crate) fn take_words(language: Language, words: &JsValue) -> bool {
    let names = Object::keys(words.unchecked_ref::<Object>())
        .sort()
        .join("\n");
    let names: Vec<String> = String::from(names)
        .split('\n')
        .filter(|name| !name.starts_with(NOT_OURS))
        .map(ToOwned::to_owned)
        .collect();
    let names: &'static str = names.join("\n").leak();
    if sum_of(names) != NAMES {
        return false;
    }
    let texts: &'static str = hearth::texts_of(words, names).leak();
    NAMES_HERE.set(names.split('\n').collect::<Vec<_>>().leak());
    WORDS.set(texts.split('\0').collect::<Vec<_>>().leak());
    language::set(language);
    true
}

fn find(name: &str) -> Option<&'static str> {
    let at = NAMES_HERE.get().binary_search(&name).ok()?;
    WORDS.get().get(at).copied()
}

/// FNV-1a; `build.rs` makes the same of the English file's names.
fn sum_of(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
