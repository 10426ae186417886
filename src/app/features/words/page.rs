//! The page, step by step.

use super::asked::asked;
use super::shown::shown;
use super::standing::standing_panel;
use super::state::{Making, Step};
use super::why::why;
use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{Rank, button_link, button_row, heading, live, text, together};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    let making = Making::new(state);
    live(move || match making.step() {
        Step::Why => why(making),
        Step::Shown => shown(making),
        Step::Asked => asked(making),
        Step::Done => done(state),
    })
}

fn done(state: State) -> AnyView {
    let link =
        |rank, drawing, word, route: Route| button_link(rank, drawing, word, route.address());
    together([
        heading(Key::WordsDone),
        standing_panel(state),
        text(Key::WordsKeep),
        button_row([
            link(Rank::Main, "house", Key::MissingHome, Route::Home),
            link(Rank::Plain, "users-three", Key::PeopleTitle, Route::People),
        ]),
    ])
}
