//! Somebody waits at the door, or this phone waits at another's. It stands at the end of the page
//! and sticks to the bottom of the window, so that nothing moves when it comes.

use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{Rank, button_link, live, plain};
use hearth_core::circle::{CircleView, InviteStage};
use leptos::prelude::*;

/// The strip, while something waits for this person.
pub(super) fn waiting(state: State) -> AnyView {
    let waits = Memo::new(move |_| state.circle.with(|circle| waits_for(circle.as_ref()?)));
    let strip = move |(word, address)| {
        let link = button_link(Rank::Main, "users-three", word, address);
        plain("div", "sticky-action")
            .set("role", "status")
            .with(link)
            .view()
    };
    live(move || waits.get().map(strip))
}

fn waits_for(circle: &CircleView) -> Option<(Key, &'static str)> {
    let is_claimed = |stage: &InviteStage| matches!(stage, InviteStage::Claimed { .. });
    if circle
        .invites
        .iter()
        .any(|invite| is_claimed(&invite.stage))
    {
        return Some((Key::HomeComes, Route::Invite.address()));
    }
    let joining = circle.joining.as_ref();
    joining.map(|_| (Key::HomeJoining, Route::Join.address()))
}
