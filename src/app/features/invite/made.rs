//! One invite that was made, by how it stands.

use super::compare::compare;
use super::open::open;
use super::state::end;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Rank, button, icon, text};
use hearth_core::circle::{InviteStage, InviteView, Whom};
use leptos::prelude::*;

/// What it is, how it stands, and what can be done.
pub(super) fn made(state: State, invite: &InviteView) -> AnyView {
    match &invite.stage {
        InviteStage::Making => view! {
            {stage("clock", Key::InviteMaking)}
            {text(Key::InviteMakingLine)}
            {take_back(state, invite)}
        }
        .into_any(),
        InviteStage::Open => view! {
            {stage("qr-code", Key::InviteOpen)}
            {open(state, invite)}
            {take_back(state, invite)}
        }
        .into_any(),
        InviteStage::Claimed {
            name,
            pictures,
            alarm,
        } => compare(state, invite, name, *pictures, *alarm),
        InviteStage::Approving => view! {
            {stage("clock", Key::InviteApproving)}
            {text(Key::InviteApprovingLine)}
        }
        .into_any(),
        InviteStage::Done => view! {
            {stage("check-circle-fill", done_words(invite.whom))}
            {clear(state, invite, Key::InviteClear)}
        }
        .into_any(),
        InviteStage::Expired => view! {
            {stage("clock", Key::InviteExpired)}
            {clear(state, invite, Key::InviteRemove)}
        }
        .into_any(),
    }
}

fn done_words(whom: Whom) -> Key {
    match whom {
        Whom::MyPhone => Key::InviteDoneMine,
        Whom::Person { .. } => Key::InviteDone,
    }
}

fn stage(drawing: &'static str, word: Key) -> AnyView {
    view! { <h2 class="stage">{icon(drawing)} {t(word)}</h2> }.into_any()
}

fn take_back(state: State, invite: &InviteView) -> AnyView {
    let invite = invite.clone();
    let press = move || end(state, &invite);
    view! { <div class="button-row">{button(Rank::Danger, "x", Key::InviteTakeBack, press)}</div> }
        .into_any()
}

fn clear(state: State, invite: &InviteView, word: Key) -> AnyView {
    let invite = invite.clone();
    let press = move || end(state, &invite);
    view! { <div class="button-row">{button(Rank::Main, "check", word, press)}</div> }.into_any()
}
