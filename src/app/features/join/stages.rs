//! The stages that are waited through, the pictures, and the ends that are none.

use super::state::Joining;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, four_pictures, hint, notice, plain, stage, text,
    together,
};
use hearth_core::circle::invite::Offer;
use leptos::prelude::*;

pub(super) fn reading(joining: Joining) -> AnyView {
    together([
        stage("clock", t(Key::JoinReading)),
        text(Key::JoinReadingLine),
        stop(joining),
    ])
}

pub(super) fn claiming(joining: Joining) -> AnyView {
    together([
        stage("clock", t(Key::JoinClaiming)),
        text(Key::JoinClaimingLine),
        stop(joining),
    ])
}

/// Both people decide: what is on this phone moves only after a yes on it.
pub(super) fn comparing(
    joining: Joining,
    pictures: [u8; 4],
    is_confirmed: bool,
    offer: Option<&Offer>,
) -> AnyView {
    if is_confirmed {
        return together([
            stage("clock", t(Key::InviteOpen)),
            four_pictures(pictures),
            text(Key::JoinOtherPhone),
            stop(joining),
        ]);
    }
    let show = match offer.map_or("", |offer| offer.by.as_str()) {
        "" => t(Key::JoinShowNobody).to_owned(),
        name => t_with(Key::JoinShow, &[("name", name)]),
    };
    together([
        stage("eye", show),
        strong(Key::InviteCompare),
        four_pictures(pictures),
        hint(t(Key::InviteCompareHow)),
        button_row([
            button(Rank::Main, "check", Key::InviteSame, move || {
                joining.confirm(pictures);
            }),
            button(Rank::Danger, "x", Key::InviteNotSame, move || {
                joining.refuse();
            }),
        ]),
    ])
}

pub(super) fn arriving(joining: Joining, may_stop: bool) -> AnyView {
    if may_stop {
        return together([
            stage("clock", t(Key::JoinAgreed)),
            text(Key::JoinReadingLine),
            stop(joining),
        ]);
    }
    together([
        stage("check-circle-fill", t(Key::JoinIn)),
        text(Key::JoinArriving),
    ])
}

pub(super) fn shared_already(joining: Joining) -> AnyView {
    together([
        stage("users-three", t(Key::JoinShared)),
        text(Key::JoinSharedLine),
        button_row([button(Rank::Main, "check", Key::InviteRemove, move || {
            joining.leave();
        })]),
    ])
}

pub(super) fn inside() -> AnyView {
    let (ours, people) = (Route::Ours.address(), Route::People.address());
    together([
        stage("check-circle-fill", t(Key::JoinIn)),
        text(Key::JoinInside),
        button_row([
            button_link(Rank::Main, "books", Key::HomeAll, ours),
            button_link(Rank::Plain, "users-three", Key::PeopleTitle, people),
        ]),
    ])
}

pub(super) fn gone(joining: Joining) -> AnyView {
    together([
        stage("clock", t(Key::JoinGone)),
        text(Key::JoinGoneLine),
        again(joining),
    ])
}

pub(super) fn unsound(joining: Joining) -> AnyView {
    together([
        stage("warning", t(Key::JoinUnsound)),
        notice(Weight::Error, text(Key::JoinUnsoundLine)),
        again(joining),
    ])
}

fn strong(word: Key) -> AnyView {
    let words = plain("strong", "").words(t(word)).view();
    plain("p", "").with(words).view()
}

fn stop(joining: Joining) -> AnyView {
    button_row([button(Rank::Danger, "x", Key::JoinStop, move || {
        joining.leave();
    })])
}

fn again(joining: Joining) -> AnyView {
    button_row([button(
        Rank::Main,
        "link-simple",
        Key::JoinAgain,
        move || {
            joining.leave();
        },
    )])
}
