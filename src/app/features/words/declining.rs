//! Doing without words: a choice like the other, with what it means said before it counts.

use crate::browser::page;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Rank, button, button_row, question};
use hearth_core::messages::Request;
use leptos::prelude::*;

const DIALOG: &str = "no-words";

/// Opens the question that [`declining`] draws.
pub(crate) fn ask_to_decline() {
    page::show_dialog(DIALOG);
}

/// The question, closed until [`ask_to_decline`].
pub(crate) fn declining(state: State) -> AnyView {
    let buttons = button_row([
        button(Rank::Main, "", Key::AppBack, || {
            page::close_dialog(DIALOG);
        }),
        button(Rank::Plain, "", Key::WordsNot, move || {
            page::close_dialog(DIALOG);
            state.press_circle(Request::DeclineWords);
        }),
    ]);
    let words = |word| t(word).to_owned();
    let (asked, what_it_means) = (words(Key::WordsNotAsk), words(Key::WordsNotLine));
    question(DIALOG, asked, what_it_means, buttons)
}
