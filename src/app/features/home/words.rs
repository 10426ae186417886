//! The recovery words: asked for once there is something worth it, and never over it. Whoever
//! says no is not asked again.

use crate::features::words::{ask_to_decline, declining, news};
use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, live_while, notice, text, together,
};
use hearth_core::circle::{CircleView, WordsStanding};
use leptos::prelude::*;

/// The record after which they are asked for.
const WORTH_IT: usize = 3;

/// The question, or that another phone made some.
pub(super) fn words(state: State) -> AnyView {
    let question = live_while(
        move || is_asked(state),
        move || {
            let write = Route::Words.address();
            let ways = button_row([
                button_link(Rank::Plain, "pencil-simple", Key::HomeWordsWrite, write),
                button(Rank::Quiet, "", Key::HomeWordsNot, ask_to_decline),
            ]);
            together([
                notice(Weight::Info, together([text(Key::HomeWords), ways])),
                declining(state),
            ])
        },
    );
    together([news(state), question])
}

/// Whether this person is asked for words now.
pub(super) fn is_asked(state: State) -> bool {
    let is_open = |circle: &CircleView| {
        circle.words.standing == WordsStanding::None && circle.recovery.is_none()
    };
    let is_open = state
        .circle
        .with(|circle| circle.as_ref().is_some_and(is_open));
    is_open && state.newest.total.get() >= WORTH_IT
}
