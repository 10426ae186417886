//! Words: one JSON file a language, loaded at run time, found by typed keys.
//!
//! A language change draws the whole app anew, so a text needs no signal. No text may stand in
//! the code: a missing key does not compile, and the build fails where a language lacks one.

mod language;

use crate::browser::hearth;
use std::cell::Cell;
use wasm_bindgen::JsValue;

pub(crate) use language::Language;

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

thread_local! {
    static WORDS: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

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
/// each language that is chosen.
pub(crate) fn take_words(language: Language, words: &JsValue) {
    let texts: &'static str = hearth::texts_of(words, &NAMES.join("\n")).leak();
    WORDS.set(texts.split('\0').collect::<Vec<_>>().leak());
    language::set(language);
}

fn find(name: &str) -> Option<&'static str> {
    let at = NAMES.binary_search(&name).ok()?;
    WORDS.get().get(at).copied()
}
