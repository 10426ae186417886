//! Somebody follows the invite: their pictures, and the decision that only a person can take.

use super::state::{approve, end};
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, button_row, four_pictures, hint, nothing, notice, plain, stage, text,
    together,
};
use hearth_core::circle::InviteView;
use leptos::prelude::*;

/// Who it says it is, the pictures, same or not the same; loud where two phones came.
pub(super) fn compare(
    state: State,
    invite: &InviteView,
    name: &str,
    pictures: Option<[u8; 4]>,
    alarm: bool,
) -> AnyView {
    let who = match name {
        "" => t(Key::InviteClaimedNameless).to_owned(),
        name => t_with(Key::InviteClaimed, &[("name", name)]),
    };
    let decision = match pictures {
        None => together([
            text(Key::InviteDrawing),
            button_row([not_same(state, invite, Key::InviteTakeBack)]),
        ]),
        Some(places) => decide(state, invite, places, alarm),
    };
    let warning = if alarm { warning() } else { nothing() };
    together([stage("user", who), warning, decision])
}

fn warning() -> AnyView {
    let words = together([strong(Key::InviteAlarm), text(Key::InviteAlarmLine)]);
    let loud = notice(Weight::Error, words);
    plain("div", "").set("role", "alert").with(loud).view()
}

fn decide(state: State, invite: &InviteView, places: [u8; 4], alarm: bool) -> AnyView {
    let approved = invite.clone();
    // With an alarm the safe answer is the one to press.
    let rank = if alarm { Rank::Quiet } else { Rank::Main };
    let same = button(rank, "check", Key::InviteSame, move || {
        approve(state, &approved);
    });
    together([
        strong(Key::InviteCompare),
        four_pictures(places),
        hint(t(Key::InviteCompareHow)),
        button_row([same, not_same(state, invite, Key::InviteNotSame)]),
    ])
}

fn not_same(state: State, invite: &InviteView, word: Key) -> AnyView {
    let invite = invite.clone();
    button(Rank::Danger, "x", word, move || end(state, &invite))
}

fn strong(word: Key) -> AnyView {
    let words = plain("strong", "").words(t(word)).view();
    plain("p", "").with(words).view()
}
