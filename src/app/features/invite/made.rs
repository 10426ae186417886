//! One invite that was made, by how it stands.

use super::compare::compare;
use super::open::open;
use super::state::end;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Rank, button, button_link, button_row, stage, text, together};
use hearth_core::circle::{InviteStage, InviteView, Whom};
use leptos::prelude::*;

/// What it is, how it stands, and what can be done.
pub(super) fn made(state: State, invite: &InviteView) -> AnyView {
    let take_back = || ending(state, invite, Rank::Danger, Key::InviteTakeBack);
    let clear = |word| ending(state, invite, Rank::Main, word);
    match &invite.stage {
        InviteStage::Making => together([
            stage("clock", t(Key::InviteMaking)),
            text(Key::InviteMakingLine),
            take_back(),
        ]),
        InviteStage::Open => together([
            stage("qr-code", t(Key::InviteOpen)),
            open(state, invite),
            take_back(),
        ]),
        InviteStage::Claimed {
            name,
            pictures,
            alarm,
        } => compare(state, invite, name, *pictures, *alarm),
        InviteStage::Approving => together([
            stage("clock", t(Key::InviteApproving)),
            text(Key::InviteApprovingLine),
        ]),
        InviteStage::Done => match invite.whom {
            Whom::MyPhone => together([
                stage("check-circle-fill", t(Key::InviteDoneMine)),
                text(Key::MoveThen),
                clear(Key::InviteClear),
                button_row([remove_here()]),
            ]),
            Whom::Person { .. } => together([
                stage("check-circle-fill", t(Key::InviteDone)),
                clear(Key::InviteClear),
            ]),
        },
        InviteStage::Expired => together([
            stage("clock", t(Key::InviteExpired)),
            clear(Key::InviteRemove),
        ]),
        InviteStage::Gone => together([
            stage("clock", t(Key::JoinGone)),
            text(Key::InviteGoneLine),
            clear(Key::InviteRemove),
        ]),
        InviteStage::Refused => together([
            stage("warning", t(Key::InviteRefused)),
            text(Key::InviteRefusedLine),
            clear(Key::InviteRemove),
        ]),
    }
}

/// For whoever moved to the other phone.
fn remove_here() -> AnyView {
    let leave = Route::Leave.address();
    button_link(Rank::Plain, "trash", Key::LeaveTitle, leave)
}

fn ending(state: State, invite: &InviteView, rank: Rank, word: Key) -> AnyView {
    let invite = invite.clone();
    let drawing = if rank == Rank::Danger { "x" } else { "check" };
    button_row([button(rank, drawing, word, move || end(state, &invite))])
}
