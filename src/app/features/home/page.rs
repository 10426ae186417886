//! The page.

use super::alone::alone;
use super::standing;
use super::store::{cleared, damaged};
use super::waiting::waiting;
use super::words::words;
use crate::features::make::UnsavedList;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{Door, State};
use crate::ui::{
    Card, ClosedDoor, Rank, button_link, button_row, live_by, live_list, live_while, name_screen,
    part, together,
};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Home. Its heading and tiles stand in the page itself. `more` is what the program of a first
/// visit has not.
#[component]
pub(crate) fn Page(more: fn(State) -> AnyView) -> impl IntoView {
    let state = State::get();
    state.newest.follow(state);
    // The door opens behind what is shown: only a failure changes it.
    let failure = move || match state.door.get() {
        Door::Failed(failure) => Some(failure),
        _ => None,
    };
    live_by(
        move || encode(&failure()),
        move || match failure() {
            Some(failure) => view! { <ClosedDoor failure/> }.into_any(),
            None => {
                name_screen(t(Key::ShellTitle), false);
                standing::show(view! { <UnsavedList/> }.into_any(), at_end(state, more));
                ().into_any()
            }
        },
    )
}

fn at_end(state: State, more: fn(State) -> AnyView) -> AnyView {
    together([
        cleared(state),
        damaged(state),
        newest(state),
        words(state),
        alone(state),
        more(state),
        before(state),
        waiting(state),
    ])
}

/// For a phone that is new here, and a person who is not.
fn before(state: State) -> AnyView {
    let is_new = move || state.newest.is_read.get() && state.newest.total.get() == 0;
    live_while(
        move || is_new() && !state.is_cleared.get(),
        move || together([part(Key::HomeBefore), ways_back()]),
    )
}

/// The roads by which everything comes to a phone that has nothing.
pub(super) fn ways_back() -> AnyView {
    let link =
        |drawing, word, route: Route| button_link(Rank::Quiet, drawing, word, route.address());
    button_row([
        link("link-simple", Key::JoinTitle, Route::Join),
        link("pencil-simple", Key::ReturnTitle, Route::RestoreWords),
        link("upload-simple", Key::RestoreTitle, Route::Restore),
    ])
}

fn newest(state: State) -> AnyView {
    let newest = state.newest.records;
    live_while(
        move || newest.with(|records| !records.is_empty()),
        move || {
            let cards = live_list(
                move || newest.get(),
                encode,
                |record| view! { <li><Card record/></li> },
            );
            view! {
                <section>
                    <h2 class="day-header">{t(Key::HomeNewest)}</h2>
                    <ul class="cards">{cards}</ul>
                </section>
                <p><a href=Route::Ours.address()>{t(Key::HomeAll)}</a></p>
            }
        },
    )
}
