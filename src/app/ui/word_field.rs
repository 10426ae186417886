//! Fields for numbered words. What is typed stands in them and nowhere else, so it ends with the
//! screen; no keyboard may learn, complete or correct it.

use super::plain;
use crate::browser::page;
use crate::i18n::{Key, t_with};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// How many there may be.
const MOST: usize = 12;

/// As English as the words, whatever language stands around them.
const ATTRIBUTES: [(&str, &str); 10] = [
    ("class", "input"),
    ("type", "text"),
    ("dir", "ltr"),
    ("lang", "en"),
    ("translate", "no"),
    ("autocomplete", "off"),
    ("autocapitalize", "off"),
    ("autocorrect", "off"),
    ("spellcheck", "false"),
    ("enterkeyhint", "next"),
];

/// What stands in the field of the word at that place, from 1.
pub(crate) fn word_at(place: usize) -> String {
    let field = input_at(place).map(|field| field.value());
    field.unwrap_or_default().trim().to_owned()
}

/// Writes into that field.
pub(crate) fn set_word(place: usize, word: &str) {
    if let Some(field) = input_at(place) {
        field.set_value(word);
    }
}

/// Moves focus into that field, if there is one.
pub(crate) fn focus_word(place: usize) {
    if let Some(field) = input_at(place) {
        // An element that cannot take it leaves focus where it was.
        let _: Result<(), _> = field.focus();
    }
}

/// Marks that field as wrong and goes there; with 0 none is wrong any more.
pub(crate) fn mark_wrong_word(wrong: usize) {
    for place in 1..=MOST {
        let Some(field) = input_at(place) else {
            continue;
        };
        let field: &Element = &field;
        // Both are plain names.
        let _: Result<(), _> = match place == wrong {
            true => field.set_attribute("aria-invalid", "true"),
            false => field.remove_attribute("aria-invalid"),
        };
    }
    focus_word(wrong);
}

fn input_at(place: usize) -> Option<HtmlInputElement> {
    page::element(&id_of(place))?.dyn_into().ok()
}

fn id_of(place: usize) -> String {
    ["word-", &place.to_string()].concat()
}

/// The field of the word at that place, from 1. `typed` hears what stands in it after each
/// letter; `entered` is the Enter key.
pub(crate) fn word_field(
    place: usize,
    typed: Box<dyn Fn(String) + Send>,
    entered: Box<dyn Fn() + Send>,
) -> AnyView {
    let label = t_with(Key::WordsPlace, &[("number", &place.to_string())]);
    let label = plain("label", "field__label")
        .set("for", id_of(place))
        .words(label);
    let mut field = plain("input", "").set("id", id_of(place));
    for (name, value) in ATTRIBUTES {
        field = field.set(name, value);
    }
    let field = field
        .heard("input", move |_| {
            typed(
                input_at(place)
                    .map(|field| field.value())
                    .unwrap_or_default(),
            );
        })
        .entered(entered);
    plain("div", "word-field")
        .with(label.view())
        .with(field.view())
        .view()
}
