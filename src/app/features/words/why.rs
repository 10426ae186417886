//! What the words do, where to do without, how it stands, and the press that makes them.

use super::declining::{ask_to_decline, declining};
use super::news::news;
use super::standing::{standing_now, standing_panel};
use super::state::Making;
use crate::i18n::{Key, t};
use crate::ui::{
    Rank, Weight, button, button_row, heading, hint, lead, live_by, notice, text, together,
    trouble_words,
};
use hearth_core::circle::WordsStanding;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Before any word is shown.
pub(super) fn why(making: Making) -> AnyView {
    let state = making.state;
    let presses = live_by(
        move || encode(&standing_now(state)),
        move || presses(making, &standing_now(state)),
    );
    together([
        heading(Key::WordsTitle),
        lead(Key::WordsLead),
        news(state),
        standing_panel(state),
        notice(Weight::Warning, text(Key::WordsForced)),
        trouble_words(making.trouble),
        presses,
        declining(state),
    ])
}

fn presses(making: Making, standing: &WordsStanding) -> AnyView {
    let make = |word| button(Rank::Main, "pencil-simple", word, move || making.make());
    match standing {
        WordsStanding::None => {
            let not = button(Rank::Plain, "", Key::HomeWordsNot, ask_to_decline);
            button_row([make(Key::WordsMake), not])
        }
        WordsStanding::Declined | WordsStanding::Refused => button_row([make(Key::WordsMake)]),
        WordsStanding::Waiting { .. } | WordsStanding::Set { .. } => together([
            button_row([make(Key::WordsMakeNew)]),
            hint(t(Key::WordsOld)),
        ]),
    }
}
