//! Buttons: a drawing, a word and what a press does.

use super::plain::Plain;
use super::{icon, plain};
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// How much a press weighs on its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// The one thing the screen is for.
    Main,
    Plain,
    /// Beside something else, as words.
    Quiet,
    Danger,
}

impl Rank {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "button button--primary",
            Self::Plain => "button",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button; `drawing` may be empty where the word stands alone.
pub(crate) fn button(
    rank: Rank,
    drawing: &'static str,
    word: Key,
    press: impl Fn() + Send + 'static,
) -> AnyView {
    let made = named(plain("button", rank.class()), drawing, word);
    made.set("type", "button").pressed(press).view()
}

/// A link that looks like a button.
pub(crate) fn button_link(
    rank: Rank,
    drawing: &'static str,
    word: Key,
    address: &'static str,
) -> AnyView {
    let made = named(plain("a", rank.class()), drawing, word);
    made.set("href", address).view()
}

fn named(made: Plain, drawing: &'static str, word: Key) -> Plain {
    let drawing = (!drawing.is_empty()).then(|| icon(drawing));
    made.with_all(drawing).words(t(word))
}
