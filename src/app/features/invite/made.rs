//! One invite that was made, by how it stands.

use super::compare::compare;
use super::open::open;
use super::state::end;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Rank, button, button_row, stage, text, together};
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
        InviteStage::Done => together([
            stage("check-circle-fill", t(done_words(invite.whom))),
            clear(Key::InviteClear),
        ]),
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

fn done_words(whom: Whom) -> Key {
    match whom {
        Whom::MyPhone => Key::InviteDoneMine,
        Whom::Person { .. } => Key::InviteDone,
    }
}

fn ending(state: State, invite: &InviteView, rank: Rank, word: Key) -> AnyView {
    let invite = invite.clone();
    let drawing = if rank == Rank::Danger { "x" } else { "check" };
    button_row([button(rank, drawing, word, move || end(state, &invite))])
}
