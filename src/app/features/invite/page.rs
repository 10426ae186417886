//! The page: every invite that is not over, and the question for a new one.

use super::ask::ask;
use super::made::made;
use super::state::Asking;
use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Opening, Rank, button, button_link, button_row, heading, lead, live_by, live_list, nothing,
    plain, text, together,
};
use hearth_core::circle::InviteView;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// What stands under the heading.
#[derive(Clone, Copy)]
enum Shown {
    Opening,
    /// Nothing was told yet, so there is nothing to share.
    Nothing,
    Question,
    Invites,
}

/// The page. Who moves to a new phone is not asked whose it is.
pub(crate) fn page(is_moving: bool) -> AnyView {
    let state = State::get();
    state.follow_circle();
    let asking = Asking::new(is_moving);
    let shown = move || {
        state.circle.with(|circle| match circle {
            None => Shown::Opening,
            Some(circle) if circle.people.is_empty() => Shown::Nothing,
            Some(circle) if circle.invites.is_empty() || asking.is_on.get() => Shown::Question,
            Some(_) => Shown::Invites,
        })
    };
    let (title, how) = match is_moving {
        true => (Key::MoveTitle, lead(Key::MoveLead)),
        false => (Key::InviteTitle, nothing()),
    };
    together([
        heading(title),
        how,
        live_by(
            move || vec![shown() as u8],
            move || match shown() {
                Shown::Opening => view! { <Opening/> }.into_any(),
                Shown::Nothing => nothing_to_share(),
                Shown::Question => ask(state, asking),
                Shown::Invites => invites(state, asking),
            },
        ),
    ])
}

/// Each is drawn anew when it changes, and only it: the others are being looked at.
fn invites(state: State, asking: Asking) -> AnyView {
    let ids = move || {
        state.circle.with(|circle| match circle {
            Some(circle) => circle.invites.iter().map(id_of).collect(),
            None => Vec::new(),
        })
    };
    let one = move |id: Vec<u8>| {
        let (of, draw) = (id.clone(), id);
        let key = move || find(state, &of, encode).unwrap_or_default();
        let made = move |invite: &InviteView| made(state, invite);
        let drawn = live_by(key, move || {
            find(state, &draw, made).unwrap_or_else(nothing)
        });
        plain("section", "")
            .set("aria-live", "polite")
            .with(drawn)
            .view()
    };
    let more = button(Rank::Plain, "plus-circle", Key::InviteMore, move || {
        asking.is_on.set(true);
    });
    together([live_list(ids, Clone::clone, one), button_row([more])])
}

fn id_of(invite: &InviteView) -> Vec<u8> {
    invite.id.0.to_vec()
}

fn find<T>(state: State, id: &[u8], then: impl FnOnce(&InviteView) -> T) -> Option<T> {
    state.circle.with(|circle| {
        let mut invites = circle.as_ref()?.invites.iter();
        invites.find(|invite| invite.id.0 == id).map(then)
    })
}

fn nothing_to_share() -> AnyView {
    let tell = Route::MakeStory.address();
    let join = Route::Join.address();
    together([
        text(Key::InviteNothing),
        button_row([
            button_link(Rank::Main, "book-open-text", Key::ShellStory, tell),
            button_link(Rank::Plain, "link-simple", Key::InviteJoin, join),
        ]),
    ])
}
