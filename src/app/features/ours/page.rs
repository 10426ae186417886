//! The page.

use super::filters::Filters;
use super::list::List;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{PAGE, State};
use crate::ui::{Empty, Notice, Opening, Weight, failure_words, live, live_by, live_while};
use hearth_core::timeline::Filter;
use leptos::prelude::*;

/// What the page shows under its chips.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Opening,
    List,
    /// There is nothing at all.
    Empty,
    /// There is nothing like that.
    NothingLikeThat,
}

/// The timeline.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let listed = state.timeline;
    listed.follow(state);
    let shown = move || match (
        listed.is_read.get(),
        listed.total.get(),
        listed.filter.get() == Filter::default(),
    ) {
        (false, ..) => Shown::Opening,
        (true, 0, true) => Shown::Empty,
        (true, 0, false) => Shown::NothingLikeThat,
        (true, ..) => Shown::List,
    };
    let trouble = move || {
        let draw = |failure| view! { <Notice weight=Weight::Error><p>{failure_words(&failure)}</p></Notice> };
        listed.failure.get().map(draw)
    };
    view! {
        {live_while(move || shown() != Shown::Empty, move || view! { <Filters listed/> })}
        {live(trouble)}
        {live_by(move || vec![shown() as u8], move || match shown() {
            Shown::Opening => view! { <Opening/> }.into_any(),
            Shown::List => view! { <List listed/> }.into_any(),
            Shown::Empty => empty().into_any(),
            Shown::NothingLikeThat => nothing_like_that(state).into_any(),
        })}
    }
}

fn empty() -> impl IntoView {
    view! {
        <Empty text=t(Key::OursEmpty)>
            <a class="button button--primary" href=Route::MakeStory.address()>{t(Key::ShellStory)}</a>
        </Empty>
    }
}

fn nothing_like_that(state: State) -> impl IntoView {
    let is_waiting = state
        .timeline
        .filter
        .with_untracked(|filter| filter.is_waiting);
    let none = if is_waiting {
        Key::OursNoneWaiting
    } else {
        Key::OursNone
    };
    let show_all = move |_| {
        state.timeline.limit.set(PAGE);
        state.timeline.filter.set(Filter::default());
    };
    view! {
        <Empty text=t(none)>
            <button class="button" type="button" on:click=show_all>{t(Key::OursShowAll)}</button>
        </Empty>
    }
}
