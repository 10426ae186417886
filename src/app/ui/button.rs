//! Buttons: a drawing, a word and what a press does.

use super::icon;
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
    press: impl Fn() + 'static,
) -> AnyView {
    pressable(rank, drawing, word, Box::new(press))
}

/// One body for every button: a closure of its own type each would be a copy of it each.
fn pressable(
    rank: Rank,
    drawing: &'static str,
    word: Key,
    press: Box<dyn Fn() + 'static>,
) -> AnyView {
    view! {
        <button class=rank.class() type="button" on:click=move |_| press()>
            {named(drawing)} {t(word)}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
pub(crate) fn button_link(
    rank: Rank,
    drawing: &'static str,
    word: Key,
    address: &'static str,
) -> AnyView {
    view! { <a class=rank.class() href=address>{named(drawing)} {t(word)}</a> }.into_any()
}

fn named(drawing: &'static str) -> Option<AnyView> {
    (!drawing.is_empty()).then(|| icon(drawing))
}
