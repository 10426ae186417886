//! The stages that are waited through, and the two ends that are none.

use super::state::Joining;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::ui::{Notice, Rank, Weight, button, button_link, four_pictures, icon, text};
use hearth_core::circle::invite::Offer;
use leptos::prelude::*;

pub(super) fn reading(joining: Joining) -> AnyView {
    waiting("clock", Key::JoinReading, Key::JoinReadingLine, joining)
}

pub(super) fn claiming(joining: Joining) -> AnyView {
    waiting("clock", Key::JoinClaiming, Key::JoinClaimingLine, joining)
}

fn waiting(drawing: &'static str, title: Key, words: Key, joining: Joining) -> AnyView {
    view! {
        {stage(drawing, title)}
        {text(words)}
        {stop(joining)}
    }
    .into_any()
}

/// Only the other phone decides: this one has no button for it.
pub(super) fn comparing(joining: Joining, pictures: [u8; 4], offer: Option<Offer>) -> AnyView {
    let by = offer.map(|offer| offer.by).unwrap_or_default();
    let show = match by.as_str() {
        "" => t(Key::JoinShowNobody).to_owned(),
        name => t_with(Key::JoinShow, &[("name", name)]),
    };
    view! {
        <h2 class="stage" dir="auto">{icon("eye")} {show}</h2>
        {four_pictures(pictures)}
        {text(Key::JoinShowHow)}
        {stop(joining)}
    }
    .into_any()
}

pub(super) fn arriving() -> AnyView {
    view! {
        {stage("check-circle-fill", Key::JoinIn)}
        {text(Key::JoinArriving)}
    }
    .into_any()
}

pub(super) fn inside() -> AnyView {
    view! {
        {stage("check-circle-fill", Key::JoinIn)}
        {text(Key::JoinInside)}
        <div class="button-row">
            {button_link(Rank::Main, "books", Key::HomeAll, Route::Ours.address())}
            {button_link(Rank::Plain, "users-three", Key::PeopleTitle, Route::People.address())}
        </div>
    }
    .into_any()
}

pub(super) fn gone(joining: Joining) -> AnyView {
    view! {
        {stage("clock", Key::JoinGone)}
        {text(Key::JoinGoneLine)}
        {again(joining)}
    }
    .into_any()
}

pub(super) fn unsound(joining: Joining) -> AnyView {
    view! {
        {stage("warning", Key::JoinUnsound)}
        <Notice weight=Weight::Error><p>{t(Key::JoinUnsoundLine)}</p></Notice>
        {again(joining)}
    }
    .into_any()
}

fn stage(drawing: &'static str, word: Key) -> AnyView {
    view! { <h2 class="stage">{icon(drawing)} {t(word)}</h2> }.into_any()
}

fn stop(joining: Joining) -> AnyView {
    let stop = button(Rank::Danger, "x", Key::JoinStop, move || joining.leave());
    view! { <div class="button-row">{stop}</div> }.into_any()
}

fn again(joining: Joining) -> AnyView {
    let again = button(Rank::Main, "link-simple", Key::JoinAgain, move || {
        joining.leave();
    });
    view! { <div class="button-row">{again}</div> }.into_any()
}
