//! The stages that are waited through, and the ends.

use super::returning::Returning;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, nothing, notice, stage, text, together,
};
use leptos::prelude::*;

pub(super) fn asking(returning: Returning) -> AnyView {
    together([
        stage("clock", t(Key::ReturnAsking)),
        text(Key::JoinReadingLine),
        stop(returning),
    ])
}

/// It is asked again by itself, so this is no end.
pub(super) fn not_found(returning: Returning) -> AnyView {
    let file = Route::Restore.address();
    together([
        stage("clock", t(Key::ReturnNotFound)),
        text(Key::ReturnNotFoundLine),
        button_row([
            other(returning),
            button_link(Rank::Plain, "upload-simple", Key::ReturnFile, file),
        ]),
    ])
}

pub(super) fn unsound(returning: Returning) -> AnyView {
    together([
        stage("warning", t(Key::JoinUnsound)),
        notice(Weight::Error, text(Key::ReturnUnsoundLine)),
        button_row([other(returning)]),
    ])
}

pub(super) fn here(returning: Returning) -> AnyView {
    let clear = button(Rank::Main, "check", Key::InviteClear, move || {
        returning.stop();
    });
    together([
        stage("check-circle-fill", t(Key::ReturnHere)),
        text(Key::ReturnHereLine),
        button_row([clear]),
    ])
}

/// `is_asked` where words wait on this phone, which can be cleared away.
pub(super) fn shared_already(returning: Returning, is_asked: bool) -> AnyView {
    let clear = match is_asked {
        true => button_row([button(Rank::Main, "check", Key::InviteRemove, move || {
            returning.stop();
        })]),
        false => nothing(),
    };
    together([
        stage("users-three", t(Key::ReturnShared)),
        text(Key::ReturnSharedLine),
        clear,
    ])
}

/// It cannot be stopped once the circle may have this phone.
pub(super) fn arriving(returning: Returning, can_stop: bool) -> AnyView {
    together([
        stage("check-circle-fill", t(Key::ReturnArriving)),
        text(Key::ReturnArrivingLine),
        if can_stop { stop(returning) } else { nothing() },
    ])
}

pub(super) fn back() -> AnyView {
    let (ours, people) = (Route::Ours.address(), Route::People.address());
    together([
        stage("check-circle-fill", t(Key::ReturnDone)),
        text(Key::ReturnDoneLine),
        text(Key::RestoreThen),
        button_row([
            button_link(Rank::Main, "books", Key::HomeAll, ours),
            button_link(Rank::Plain, "users-three", Key::PeopleTitle, people),
        ]),
    ])
}

fn stop(returning: Returning) -> AnyView {
    button_row([button(Rank::Danger, "x", Key::ReturnStop, move || {
        returning.stop();
    })])
}

fn other(returning: Returning) -> AnyView {
    button(Rank::Main, "pencil-simple", Key::ReturnOther, move || {
        returning.stop();
    })
}
