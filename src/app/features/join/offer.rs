//! What the invite says, in sentences, and the two answers.

use super::state::Joining;
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{LineField, Rank, button, icon, line, live, text};
use hearth_core::circle::Whom;
use hearth_core::circle::invite::Offer;
use leptos::prelude::*;

/// Who invites, what will be seen on both sides, and yes or no.
pub(super) fn offered(joining: Joining, offer: Offer) -> AnyView {
    let state = State::get();
    let (title, will, label) = match offer.whom {
        Whom::MyPhone => (
            t(Key::JoinOwn).to_owned(),
            Key::JoinWillMine,
            Key::JoinPhoneName,
        ),
        Whom::Person { reads_all } => {
            let will = if reads_all {
                Key::JoinWillAll
            } else {
                Key::JoinWillNew
            };
            (title_of(&offer), will, Key::JoinYourName)
        }
    };
    let until = dates::write_moment(offer.expires, Language::on().dates());
    let until = t_with(Key::InviteUntil, &[("when", &until)]);
    // What is told here goes along, so they will read it: said before the yes.
    let has_records = move || {
        state
            .health
            .with(|health| health.records + health.in_bin > 0)
    };
    let along = move || has_records().then(|| text(Key::JoinAlong));
    view! {
        <h2 class="stage" dir="auto">{icon("users-three")} {title}</h2>
        <div class="who-sees">{icon("eye")} <div>{text(will)} {live(along)}</div></div>
        <LineField id="join-name" label=t(label) value=joining.name
            typed=Callback::new(move |name| joining.name.set(name))
            entered=Callback::new(move |()| joining.accept())/>
        <div class="button-row">
            {button(Rank::Main, "check", Key::JoinYes, move || joining.accept())}
            {button(Rank::Plain, "x", Key::JoinNo, move || joining.leave())}
        </div>
        {line(until)}
    }
    .into_any()
}

fn title_of(offer: &Offer) -> String {
    match offer.by.as_str() {
        "" => t(Key::JoinByNobody).to_owned(),
        name => t_with(Key::JoinBy, &[("name", name)]),
    }
}
