//! Words of a screen as elements. One body each, since most screens are made of these.

use crate::i18n::{Key, t};
use leptos::prelude::*;

/// A paragraph.
pub(crate) fn text(word: Key) -> AnyView {
    line(t(word).to_owned())
}

/// A paragraph with a name or a number in it.
pub(crate) fn line(text: String) -> AnyView {
    view! { <p dir="auto">{text}</p> }.into_any()
}

/// A part's heading.
pub(crate) fn part(word: Key) -> AnyView {
    view! { <h2 class="day-header">{t(word)}</h2> }.into_any()
}

/// Small words under something.
pub(crate) fn hint(word: Key) -> AnyView {
    view! { <p class="field__hint">{t(word)}</p> }.into_any()
}
