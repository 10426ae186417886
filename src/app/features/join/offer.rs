//! What the invite says, in sentences, and the two answers.

use super::state::Joining;
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::state::State;
use crate::ui::{
    LineField, Rank, button, button_row, hint, live, stage, text, together, who_panel,
};
use hearth_core::circle::Whom;
use hearth_core::circle::invite::Offer;
use leptos::prelude::*;

/// Who invites, what will be seen on both sides, and yes or no.
pub(super) fn offered(joining: Joining, offer: &Offer) -> AnyView {
    let state = State::get();
    let (title, will, label) = words_of(offer);
    // What is told here goes along, so they will read it: said before the yes.
    let along = live(move || {
        let has_records = state
            .health
            .with(|health| health.records + health.in_bin > 0);
        has_records.then(|| text(Key::JoinAlong))
    });
    let name = view! {
        <LineField id="join-name" label=t(label) value=joining.name
            typed=Callback::new(move |name| joining.name.set(name))
            entered=Callback::new(move |()| joining.accept())/>
    };
    let yes = button(Rank::Main, "check", Key::JoinYes, move || joining.accept());
    let no = button(Rank::Plain, "x", Key::JoinNo, move || joining.leave());
    let until = dates::write_moment(offer.expires, Language::on().dates());
    together([
        stage("users-three", title),
        who_panel("eye", together([text(will), along])),
        name.into_any(),
        button_row([yes, no]),
        hint(t_with(Key::InviteUntil, &[("when", &until)])),
    ])
}

/// Its title, what will be seen, and what the name is for.
fn words_of(offer: &Offer) -> (String, Key, Key) {
    let title = match offer.by.as_str() {
        "" => t(Key::JoinByNobody).to_owned(),
        name => t_with(Key::JoinBy, &[("name", name)]),
    };
    match offer.whom {
        Whom::MyPhone => {
            let title = t(Key::JoinOwn).to_owned();
            (title, Key::JoinWillMine, Key::JoinPhoneName)
        }
        Whom::Person { reads_all: true } => (title, Key::JoinWillAll, Key::JoinYourName),
        Whom::Person { reads_all: false } => (title, Key::JoinWillNew, Key::JoinYourName),
    }
}
