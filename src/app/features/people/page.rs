//! The page.

use super::standing::standing;
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Heading, Opening, Rank, button_link, button_row, icon, lead, live, name_person, name_phones,
    plain, text, together,
};
use hearth_core::circle::{CircleView, Person};
use leptos::prelude::*;

/// Everybody in the circle, and how it stands.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    together([
        view! { <Heading text=t(Key::PeopleTitle)/> }.into_any(),
        lead(Key::PeopleLead),
        live(move || match state.circle.get() {
            None => view! { <Opening/> }.into_any(),
            Some(circle) => together([everybody(&circle), invite(), standing(state, &circle)]),
        }),
    ])
}

fn everybody(circle: &CircleView) -> AnyView {
    if circle.people.is_empty() {
        return text(Key::PeopleNone);
    }
    let people = circle.people.iter().map(person);
    plain("ul", "settings-list").with_all(people).view()
}

fn person(person: &Person) -> AnyView {
    let mut name = name_person(person);
    // My own name as the others read it.
    if person.is_me && !person.name.is_empty() {
        name = [&name, " (", &person.name, ")"].concat();
    }
    let phones = plain("span", "settings-list__value").set("dir", "auto");
    let both = plain("span", "")
        .with(plain("strong", "").set("dir", "auto").words(name).view())
        .with(phones.words(name_phones(person)).view());
    let row = plain("div", "settings-list__row").with(icon("user"));
    plain("li", "").with(row.with(both.view()).view()).view()
}

fn invite() -> AnyView {
    let address = Route::Invite.address();
    button_row([button_link(
        Rank::Main,
        "qr-code",
        Key::PeopleInvite,
        address,
    )])
}
