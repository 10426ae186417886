//! The page: every invite that is not over, and the question for a new one.

use super::ask::Ask;
use super::made::made;
use super::state::Asking;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Empty, Heading, Opening, Rank, button, button_link, live, live_list};
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
    view! {
        <Heading text=t(Key::InviteTitle)/>
        {live(move || match shown.get() {
            Shown::Opening => view! { <Opening/> }.into_any(),
            Shown::Nothing => nothing(),
            Shown::Question => view! { <Ask asking/> }.into_any(),
            Shown::Invites => view! { <Invites asking/> }.into_any(),
        })}
    }
}

/// Each is drawn anew when it changes, and only it: the others are being looked at.
#[component]
fn Invites(asking: Asking) -> impl IntoView {
    let state = State::get();
    let invites = move || {
        state.circle.with(|circle| {
            circle
                .as_ref()
                .map_or_else(Vec::new, |circle| circle.invites.clone())
        })
    };
    view! {
        {live_list(invites, |invite: &InviteView| invite.id.0.to_vec(), one_invite)}
        <div class="button-row">
            {button(Rank::Plain, "plus-circle", Key::InviteMore, move || asking.is_on.set(true))}
        </div>
    }
}

fn one_invite(first: InviteView) -> AnyView {
    let state = State::get();
    let id = first.id;
    let invite = Memo::new(move |before: Option<&InviteView>| {
        let now = state.circle.with(|circle| {
            let invites = &circle.as_ref()?.invites;
            invites.iter().find(|invite| invite.id == id).cloned()
        });
        now.or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    view! { <section aria-live="polite">{live(move || made(state, &invite.get()))}</section> }
        .into_any()
}

fn nothing() -> AnyView {
    view! {
        <Empty text=t(Key::InviteNothing)>
            {button_link(Rank::Main, "book-open-text", Key::ShellStory, Route::MakeStory.address())}
            {button_link(Rank::Plain, "link-simple", Key::InviteJoin, Route::Join.address())}
        </Empty>
    }
    .into_any()
}
