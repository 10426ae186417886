//! The page.

use super::removal::Leaver;
use super::standing::standing;
use crate::features::words::news;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Opening, Rank, button_link, button_row, heading, icon, lead, live, live_by, name_person,
    name_phone, name_phones, plain, text, together,
};
use hearth_core::circle::{CircleView, Device, Person, Removal};
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Everybody in the circle, and how it stands.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    state.follow_circle();
    together([
        heading(Key::PeopleTitle),
        news(state),
        // Not with every answer of the server: somebody may be at a question.
        live_by(
            move || state.circle.with(people_shown),
            move || {
                state
                    .circle
                    .with(|circle| everybody(state, circle.as_ref()))
            },
        ),
        live(move || {
            let circle = state.circle.get();
            circle.map(|circle| together([invite(), standing(state, &circle)]))
        }),
    ])
}

fn people_shown(circle: &Option<CircleView>) -> Vec<u8> {
    encode(&circle.as_ref().map(|circle| &circle.people))
}

fn everybody(state: State, circle: Option<&CircleView>) -> AnyView {
    let Some(circle) = circle else {
        return view! { <Opening/> }.into_any();
    };
    if circle.people.is_empty() {
        return text(Key::PeopleNone);
    }
    let who = match circle.people.as_slice() {
        [me] if me.is_me => Key::PeopleAlone,
        _ => Key::PeopleLead,
    };
    let people = circle.people.iter().map(|one| person(state, one));
    let people = plain("ul", "settings-list").with_all(people).view();
    together([lead(who), people])
}

fn person(state: State, person: &Person) -> AnyView {
    let mut name = name_person(person);
    // My own name as the others read it.
    if person.is_me && !person.name.is_empty() {
        name = [&name, " (", &person.name, ")"].concat();
    }
    let phones = plain("span", "settings-list__value").set("dir", "auto");
    let phones = phones.words(name_phones(person)).view();
    let mut devices = person.devices.iter();
    let has_come = person.is_me || devices.any(|device| device.has_come);
    let leaver = Leaver {
        person: person.id,
        device: None,
        name: name.clone(),
        removal: person.removal,
    };
    let name = plain("strong", "").set("dir", "auto").words(name).view();
    let others = person.devices.iter();
    let others = others.filter(|device| device.removal != Removal::NotFromHere);
    let others = others.map(|device| {
        let leaver = Leaver {
            person: person.id,
            device: Some(device.id),
            name: name_phone(device),
            removal: device.removal,
        };
        let name = plain("span", "").set("dir", "auto").words(&leaver.name);
        let words = Vec::from_iter(came_by_words(device));
        let words = [name.view(), words.into_any()];
        row(state, "device-mobile", words, device.has_come, leaver)
    });
    // The others have lines of their own.
    let here = person.devices.iter();
    let here = here.filter(|device| device.removal == Removal::NotFromHere);
    let came = Vec::from_iter(here.filter_map(came_by_words)).into_any();
    let own = row(state, "user", [name, phones, came], has_come, leaver);
    plain("li", "").with(own).with_all(others).view()
}

/// That the words brought it in: somebody may wonder who had them.
fn came_by_words(device: &Device) -> Option<AnyView> {
    let phone = name_phone(device);
    let words = plain("span", "settings-list__value").set("dir", "auto");
    let words = words.words(t_with(Key::PeopleByWords, &[("phone", &phone)]));
    device.came_by_words.then(|| words.view())
}

fn row<const COUNT: usize>(
    state: State,
    drawing: &'static str,
    words: [AnyView; COUNT],
    has_come: bool,
    leaver: Leaver,
) -> AnyView {
    let not_yet = (!has_come).then(|| {
        let words = plain("span", "settings-list__value");
        words.words(t(Key::PeopleNotYet)).view()
    });
    let words = plain("span", "").with_all(words).with_all(not_yet);
    let words = words.with_all(leaver.waits());
    plain("div", "settings-list__row settings-list__row--asks")
        .with(icon(drawing))
        .with(words.view())
        .with(leaver.control(state))
        .view()
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
