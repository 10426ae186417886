//! Somebody follows the invite: their pictures, and the decision that only a person can take.

use super::state::{approve, end};
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{Notice, Rank, Weight, button, four_pictures, icon, text};
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
    let warning = alarm.then(|| {
        view! {
            <div role="alert">
                <Notice weight=Weight::Error>
                    <p><strong>{t(Key::InviteAlarm)}</strong></p>
                    <p>{t(Key::InviteAlarmLine)}</p>
                </Notice>
            </div>
        }
    });
    let decision = match pictures {
        None => view! {
            {text(Key::InviteDrawing)}
            <div class="button-row">{not_same(state, invite, Key::InviteTakeBack)}</div>
        }
        .into_any(),
        Some(places) => decide(state, invite, places, alarm),
    };
    view! {
        <h2 class="stage" dir="auto">{icon("user")} {who}</h2>
        {warning}
        {decision}
    }
    .into_any()
}

fn decide(state: State, invite: &InviteView, places: [u8; 4], alarm: bool) -> AnyView {
    let approved = invite.clone();
    // With an alarm the safe answer is the main one.
    let rank = if alarm { Rank::Plain } else { Rank::Main };
    let same = button(rank, "check", Key::InviteSame, move || {
        approve(state, &approved);
    });
    view! {
        <p><strong>{t(Key::InviteCompare)}</strong></p>
        {four_pictures(places)}
        <p class="field__hint">{t(Key::InviteCompareHow)}</p>
        <div class="button-row">{same} {not_same(state, invite, Key::InviteNotSame)}</div>
    }
    .into_any()
}

fn not_same(state: State, invite: &InviteView, word: Key) -> AnyView {
    let invite = invite.clone();
    button(Rank::Danger, "x", word, move || end(state, &invite))
}
