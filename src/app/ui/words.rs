//! Words of a screen as elements.
//!
//! They run as the screen does, also where a name from another script comes first; only what a
//! person wrote finds its own direction (`dir="auto"`).

use super::{icon, plain};
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// A paragraph.
pub(crate) fn text(word: Key) -> AnyView {
    line(t(word).to_owned())
}

/// A paragraph with a name or a number in it.
pub(crate) fn line(text: String) -> AnyView {
    plain("p", "").words(text).view()
}

/// What a screen is about, under its heading.
pub(crate) fn lead(word: Key) -> AnyView {
    plain("p", "lead").words(t(word)).view()
}

/// A part's heading.
pub(crate) fn part(word: Key) -> AnyView {
    plain("h2", "day-header").words(t(word)).view()
}

/// Small words under something.
pub(crate) fn hint(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    plain("p", "field__hint").words(text).view()
}

/// How something stands, as a heading with a drawing.
pub(crate) fn stage(drawing: &'static str, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    let text = plain("span", "").words(text).view();
    plain("h2", "stage").with(icon(drawing)).with(text).view()
}

/// Who sees something, or what follows from a choice.
pub(crate) fn who_panel(drawing: &'static str, lines: AnyView) -> AnyView {
    let lines = plain("div", "").with(lines).view();
    plain("div", "who-sees")
        .with(icon(drawing))
        .with(lines)
        .view()
}

/// Buttons side by side.
pub(crate) fn button_row<const COUNT: usize>(buttons: [AnyView; COUNT]) -> AnyView {
    plain("div", "button-row").with_all(buttons).view()
}

/// Parts one after another.
pub(crate) fn together<const COUNT: usize>(parts: [AnyView; COUNT]) -> AnyView {
    Vec::from(parts).into_any()
}

/// Nothing.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}
