//! Somebody waits at the door, or this phone waits at another's or comes back with words. It stands at the end of the page
//! and sticks to the bottom of the window, so that nothing moves when it comes.

use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{Rank, button_link, live_by, nothing, plain};
use hearth_core::circle::{CircleView, InviteStage};
use leptos::prelude::*;

/// The strip, while something waits for this person.
pub(super) fn waiting(state: State) -> AnyView {
    let waits = move || {
        state
            .circle
            .with(|circle| circle.as_ref().and_then(waits_for))
    };
    let key = move || waits().map_or(Vec::new(), |(_, address)| address.into());
    live_by(key, move || match waits() {
        None => nothing(),
        Some((word, address)) => {
            let link = button_link(Rank::Main, "users-three", word, address);
            plain("div", "sticky-action")
                .set("role", "status")
                .with(link)
                .view()
        }
    })
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
    if circle.recovery.is_some() {
        return Some((Key::HomeReturning, Route::RestoreWords.address()));
    }
    let joining = circle.joining.as_ref();
    joining.map(|_| (Key::HomeJoining, Route::Join.address()))
}
