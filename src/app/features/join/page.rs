//! The page: by the stage that the worker keeps, so that a reload comes back to it.

use super::offer::offered;
use super::paste::paste;
use super::stages::{
    arriving, claiming, comparing, gone, inside, reading, shared_already, unsound,
};
use super::state::Joining;
use crate::i18n::Key;
use crate::state::State;
use crate::ui::{
    Opening, Weight, heading, is_shared, live_by, live_while, notice, plain, text, together,
    trouble,
};
use hearth_core::circle::{CircleView, JoinStage};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    let joining = Joining::new(state);
    // Whether the server is there changes no more than a line.
    let stage = move || {
        state.circle.with(|circle| {
            let shown = |circle: &CircleView| {
                let stage = circle.joining.as_ref().map(|now| (now.stage, &now.offer));
                encode(&(stage, is_shared(circle)))
            };
            circle.as_ref().map(shown).unwrap_or_default()
        })
    };
    let is_offline = move || {
        state.circle.with(|circle| {
            let joining = circle.as_ref().and_then(|circle| circle.joining.as_ref());
            joining.is_some_and(|joining| joining.is_offline)
        })
    };
    let stages = plain("div", "stages")
        .set("aria-live", "polite")
        .with(live_by(stage, move || {
            state.circle.with(|circle| draw(joining, circle.as_ref()))
        }))
        .with(live_while(is_offline, || {
            notice(Weight::Info, text(Key::JoinOffline))
        }));
    together([
        heading(Key::JoinTitle),
        trouble(joining.trouble),
        stages.view(),
    ])
}

fn draw(joining: Joining, circle: Option<&CircleView>) -> AnyView {
    let Some(circle) = circle else {
        return view! { <Opening/> }.into_any();
    };
    let Some(now) = &circle.joining else {
        // A phone that shares already follows no other invite.
        return if is_shared(circle) {
            inside()
        } else {
            paste(joining)
        };
    };
    match (now.stage, &now.offer) {
        (JoinStage::Reading, _) | (JoinStage::Offered, None) => reading(joining),
        (JoinStage::Offered, Some(offer)) => offered(joining, offer),
        (JoinStage::Claiming, _) => claiming(joining),
        (
            JoinStage::Comparing {
                pictures,
                is_confirmed,
            },
            offer,
        ) => comparing(joining, pictures, is_confirmed, offer.as_ref()),
        (JoinStage::Arriving { may_stop }, _) => arriving(joining, may_stop),
        (JoinStage::Gone, _) => gone(joining),
        (JoinStage::Unsound, _) => unsound(joining),
        (JoinStage::SharedAlready, _) => shared_already(joining),
    }
}
