//! The page: every invite that is not over, and the question for a new one.

use super::ask::ask;
use super::made::made;
use super::state::Asking;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Heading, Opening, Rank, button, button_link, button_row, live, live_list, plain, text, together,
};
use hearth_core::circle::InviteView;
use leptos::prelude::*;

/// What stands under the heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Opening,
    /// Nothing was told yet, so there is nothing to share.
    Nothing,
    Question,
    Invites,
}

/// The page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let circle = state.follow_circle();
    let asking = Asking::new();
    let shown = Memo::new(move |_| {
        circle.with(|circle| match circle {
            None => Shown::Opening,
            Some(circle) if circle.people.is_empty() => Shown::Nothing,
            Some(circle) if circle.invites.is_empty() || asking.is_on.get() => Shown::Question,
            Some(_) => Shown::Invites,
        })
    });
    together([
        view! { <Heading text=t(Key::InviteTitle)/> }.into_any(),
        live(move || match shown.get() {
            Shown::Opening => view! { <Opening/> }.into_any(),
            Shown::Nothing => nothing_to_share(),
            Shown::Question => ask(state, asking),
            Shown::Invites => invites(state, asking),
        }),
    ])
}

fn invites(state: State, asking: Asking) -> AnyView {
    let list = move || {
        let of = |circle: &Option<_>| circle.as_ref().map(invites_of).unwrap_or_default();
        state.circle.with(of)
    };
    let more = button(Rank::Plain, "plus-circle", Key::InviteMore, move || {
        asking.is_on.set(true);
    });
    let one = move |first: InviteView| one_invite(state, first);
    together([
        live_list(list, |invite: &InviteView| invite.id.0.to_vec(), one),
        button_row([more]),
    ])
}

fn invites_of(circle: &hearth_core::circle::CircleView) -> Vec<InviteView> {
    circle.invites.clone()
}

/// It is drawn anew when it changes, and only it: the others are being looked at.
fn one_invite(state: State, first: InviteView) -> AnyView {
    let id = first.id;
    let invite = Memo::new(move |before: Option<&InviteView>| {
        let now = state.circle.with(|circle| {
            let invites = &circle.as_ref()?.invites;
            invites.iter().find(|invite| invite.id == id).cloned()
        });
        now.or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let drawn = live(move || made(state, &invite.get()));
    plain("section", "")
        .set("aria-live", "polite")
        .with(drawn)
        .view()
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
