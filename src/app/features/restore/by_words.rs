//! Coming back with twelve words: by the stage that the worker keeps, so that a reload comes back
//! to it.

use super::fields::fields;
use super::returning::Returning;
use super::stages::{arriving, asking, back, here, not_found, shared_already, unsound};
use crate::i18n::Key;
use crate::state::State;
use crate::ui::{
    Opening, Weight, heading, is_shared, live_by, live_while, notice, plain, text, together,
};
use hearth_core::circle::{CircleView, RecoveryStage};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn ByWords() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    let returning = Returning::new(state);
    // Whether the server is there changes no more than a line.
    let stage = move || {
        let shown = |circle: &CircleView| {
            let stage = circle.recovery.map(|now| (now.stage, now.can_stop));
            encode(&(stage, has_come_back(circle), is_shared(circle)))
        };
        let shown = state.circle.with(|circle| circle.as_ref().map(shown));
        shown.unwrap_or_default()
    };
    let is_offline = move || {
        let recovery = |circle: &CircleView| circle.recovery;
        let recovery = state
            .circle
            .with(|circle| circle.as_ref().and_then(recovery));
        recovery.is_some_and(|now| now.is_offline)
    };
    let stages = plain("div", "stages")
        .set("aria-live", "polite")
        .with(live_by(stage, move || {
            state.circle.with(|circle| draw(returning, circle.as_ref()))
        }))
        .with(live_while(is_offline, || {
            notice(Weight::Info, text(Key::JoinOffline))
        }));
    together([heading(Key::ReturnTitle), stages.view()])
}

fn draw(returning: Returning, circle: Option<&CircleView>) -> AnyView {
    let Some(circle) = circle else {
        return view! { <Opening/> }.into_any();
    };
    let Some(now) = circle.recovery else {
        return match (has_come_back(circle), is_shared(circle)) {
            (true, _) => back(),
            (false, true) => shared_already(returning, false),
            (false, false) => fields(returning),
        };
    };
    match now.stage {
        RecoveryStage::Asking => asking(returning),
        RecoveryStage::NotFound => not_found(returning),
        RecoveryStage::Unsound => unsound(returning),
        RecoveryStage::Here => here(returning),
        RecoveryStage::SharedAlready => shared_already(returning, true),
        RecoveryStage::Arriving => arriving(returning, now.can_stop),
    }
}

/// Whether this very phone came in with the words.
fn has_come_back(circle: &CircleView) -> bool {
    let mut devices = circle.people.iter().flat_map(|person| &person.devices);
    devices.any(|device| device.is_this && device.came_by_words)
}
