//! Fields for numbered words. What is typed stands in them and nowhere else, so it ends with the
//! screen; no keyboard may learn, complete or correct it.

use super::plain;
use crate::browser::page;
use crate::i18n::{Key, t_with};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// What a field's id begins with; the place follows.
const FIELD: &str = "word-";

/// How many there may be.
const MOST: usize = 12;

/// As English as the words, whatever language stands around them.
const ATTRIBUTES: [(&str, &str); 9] = [
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

/// Marks that field as wrong, says at it why, and goes there; with 0 none is wrong any more.
pub(crate) fn mark_wrong_word(wrong: usize, why: &str) {
    for place in 1..=MOST {
        let (Some(field), Some(said)) = (input_at(place), page::element(&why_of(place))) else {
            continue;
        };
        let (mark, why) = match place == wrong {
            true => ("true", Some(why)),
            false => ("false", None),
        };
        let field: &Element = &field;
        // It is a plain name.
        let _: Result<(), _> = field.set_attribute("aria-invalid", mark);
        said.set_text_content(why);
    }
    focus_word(wrong);
}

fn input_at(place: usize) -> Option<HtmlInputElement> {
    page::element(&id_of(place))?.dyn_into().ok()
}

fn id_of(place: usize) -> String {
    [FIELD, &place.to_string()].concat()
}

fn why_of(place: usize) -> String {
    ["why-", &place.to_string()].concat()
}

/// Which of them is being typed into.
fn place_typed_into() -> Option<usize> {
    let id = page::focused()?;
    id.strip_prefix(FIELD)?.parse().ok()
}

/// The fields of the words at these places, from 1. `typed` hears the place and what stands in it
/// after each letter; `entered` is the Enter key.
pub(crate) fn word_fields(
    places: impl IntoIterator<Item = usize>,
    typed: fn(usize, &str),
    entered: Box<dyn Fn(usize) + Send>,
) -> AnyView {
    plain("div", "word-fields")
        .with_all(places.into_iter().map(word_field))
        .heard("input", move |_| {
            if let Some(place) = place_typed_into()
                && let Some(field) = input_at(place)
            {
                typed(place, &field.value());
            }
        })
        .entered(Box::new(move || {
            if let Some(place) = place_typed_into() {
                entered(place);
            }
        }))
        .view()
}

fn word_field(place: usize) -> AnyView {
    let label = t_with(Key::WordsPlace, &[("number", &place.to_string())]);
    let label = plain("label", "field__label")
        .set("for", id_of(place))
        .words(label);
    // Over the field: a phone's keyboard covers what stands under it.
    let why = plain("p", "field__error")
        .set("id", why_of(place))
        .set("role", "alert");
    let mut field = plain("input", "input")
        .set("id", id_of(place))
        .set("aria-describedby", why_of(place));
    for (name, value) in ATTRIBUTES {
        field = field.set(name, value);
    }
    plain("div", "word-field")
        .with(label.view())
        .with(why.view())
        .with(field.view())
        .view()
}
