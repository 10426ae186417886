//! Another phone of this person's made words: said until somebody says to have read it.

use super::standing::words_line;
use crate::i18n::Key;
use crate::state::State;
use crate::ui::{Rank, Weight, button, button_row, line, live_by, nothing, notice, text, together};
use hearth_core::circle::{CircleView, WordsStanding};
use hearth_core::messages::{Request, encode};
use leptos::prelude::*;

/// The notice, while it is news.
pub(crate) fn news(state: State) -> AnyView {
    let told = move || {
        let told =
            |circle: &CircleView| circle.words.is_news.then(|| circle.words.standing.clone());
        state.circle.with(|circle| circle.as_ref().and_then(told))
    };
    live_by(
        move || encode(&told()),
        move || told().map_or_else(nothing, |standing| draw(state, &standing)),
    )
}

fn draw(state: State, standing: &WordsStanding) -> AnyView {
    let known = button(Rank::Plain, "check", Key::WordsKnown, move || {
        state.press_circle(Request::SeenWords);
    });
    let inside = together([
        text(Key::WordsNews),
        line(words_line(standing)),
        text(Key::WordsNewsDo),
        button_row([known]),
    ]);
    notice(Weight::Warning, inside)
}
