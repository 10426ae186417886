//! The page: by the stage that the worker keeps, so that a reload comes back to it.

use super::offer::offered;
use super::paste::paste;
use super::stages::{arriving, claiming, comparing, gone, inside, reading, unsound};
use super::state::Joining;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    Heading, Opening, Weight, failure_words, is_shared, line, live, notice, plain, text, together,
};
use hearth_core::circle::JoinStage;
use hearth_core::circle::invite::Offer;
use hearth_core::messages::Failure;
use leptos::prelude::*;

/// What stands under the heading. Whether the server is there changes no more than a line.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Opening,
    Paste,
    /// This phone shares already, so it follows no other invite.
    Inside,
    Stage(JoinStage, Option<Offer>),
}

/// The page.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let circle = state.follow_circle();
    let joining = Joining::new(state);
    let shown = Memo::new(move |_| {
        circle.with(|circle| match circle {
            None => Shown::Opening,
            Some(circle) => match &circle.joining {
                Some(now) => Shown::Stage(now.stage, now.offer.clone()),
                None if is_shared(circle) => Shown::Inside,
                None => Shown::Paste,
            },
        })
    });
    let is_offline = Memo::new(move |_| {
        circle.with(|circle| {
            let joining = circle.as_ref().and_then(|circle| circle.joining.as_ref());
            joining.is_some_and(|joining| joining.is_offline)
        })
    });
    let trouble = live(move || {
        let words = |failure| line(words_of(&failure).to_owned());
        let failure = joining.failure.get();
        failure.map(|failure| notice(Weight::Error, words(failure)))
    });
    let offline = live(move || {
        let is_offline = is_offline.get();
        is_offline.then(|| notice(Weight::Info, text(Key::JoinOffline)))
    });
    let stages = plain("div", "stages")
        .set("aria-live", "polite")
        .with(live(move || draw(joining, shown.get())))
        .with(offline);
    together([
        view! { <Heading text=t(Key::JoinTitle)/> }.into_any(),
        plain("div", "").set("role", "alert").with(trouble).view(),
        stages.view(),
    ])
}

fn draw(joining: Joining, shown: Shown) -> AnyView {
    let (stage, offer) = match shown {
        Shown::Opening => return view! { <Opening/> }.into_any(),
        Shown::Paste => return paste(joining),
        Shown::Inside => return inside(),
        Shown::Stage(stage, offer) => (stage, offer),
    };
    match (stage, offer) {
        (JoinStage::Reading, _) | (JoinStage::Offered, None) => reading(joining),
        (JoinStage::Offered, Some(offer)) => offered(joining, &offer),
        (JoinStage::Claiming, _) => claiming(joining),
        (JoinStage::Comparing { pictures }, offer) => comparing(joining, pictures, offer),
        (JoinStage::Arriving, _) => arriving(),
        (JoinStage::Gone, _) => gone(joining),
        (JoinStage::Unsound, _) => unsound(joining),
    }
}

fn words_of(failure: &Failure) -> &'static str {
    match failure {
        Failure::Empty => t(Key::JoinEmpty),
        other => failure_words(other),
    }
}
