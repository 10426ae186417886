//! The page.

use super::standing::standing;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Heading, Opening, Rank, button_link, icon, live, name_person, name_phones, text};
use hearth_core::circle::{CircleView, Person};
use leptos::prelude::*;

/// Everybody in the circle, and how it stands.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let circle = state.follow_circle();
    view! {
        <Heading text=t(Key::PeopleTitle)/>
        <p class="lead">{t(Key::PeopleLead)}</p>
        {live(move || match circle.get() {
            None => view! { <Opening/> }.into_any(),
            Some(circle) => view! { {everybody(&circle)} {standing(state, &circle)} }.into_any(),
        })}
    }
}

fn everybody(circle: &CircleView) -> AnyView {
    let invite = button_link(
        Rank::Main,
        "qr-code",
        Key::PeopleInvite,
        Route::Invite.address(),
    );
    let list = if circle.people.is_empty() {
        text(Key::PeopleNone)
    } else {
        let people = circle.people.iter().map(person).collect::<Vec<_>>();
        view! { <ul class="settings-list">{people}</ul> }.into_any()
    };
    view! { {list} <div class="button-row">{invite}</div> }.into_any()
}

fn person(person: &Person) -> AnyView {
    let (name, phones) = (name_person(person), name_phones(person));
    // My own name as the others read it.
    let known_as = (person.is_me && !person.name.is_empty())
        .then(|| ["(", &person.name, ")"].concat())
        .map(|name| view! { " " <span dir="auto">{name}</span> });
    view! {
        <li class="settings-list__row">
            {icon("user")}
            <span>
                <strong dir="auto">{name}</strong> {known_as}
                <span class="settings-list__value" dir="auto">{phones}</span>
            </span>
        </li>
    }
    .into_any()
}
