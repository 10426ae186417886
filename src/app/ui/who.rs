//! People, as words: what they are called, and who reads a record.

use crate::i18n::{Key, Language, t, t_with};
use hearth_core::PersonId;
use hearth_core::circle::{CircleView, Device, Person, Whereabouts};

/// A person's name, or that nobody said it.
pub(crate) fn name_or_somebody(name: &str) -> String {
    if name.is_empty() {
        t(Key::PeopleSomebody).to_owned()
    } else {
        name.to_owned()
    }
}

/// What a person is called in a list.
pub(crate) fn name_person(person: &Person) -> String {
    if person.is_me {
        t(Key::PeopleYou).to_owned()
    } else {
        name_or_somebody(&person.name)
    }
}

/// A person's phones in words: `this phone, Mum's tablet`.
pub(crate) fn name_phones(person: &Person) -> String {
    list(person.devices.iter().map(name_phone))
}

/// What a phone is called.
pub(crate) fn name_phone(device: &Device) -> String {
    match (device.is_this, device.name.as_str()) {
        (true, _) => t(Key::PeopleThisPhone).to_owned(),
        (false, "") => t(Key::PeopleOtherPhone).to_owned(),
        (false, name) => name.to_owned(),
    }
}

/// Whether anybody else, or another phone, is in the circle.
pub(crate) fn is_shared(circle: &CircleView) -> bool {
    circle.people.len() > 1 || circle.people.iter().any(|person| person.devices.len() > 1)
}

/// Who can see a record, or will once it is sent, in a sentence.
pub(crate) fn who_sees(
    circle: Option<&CircleView>,
    whereabouts: Whereabouts,
    readers: &[PersonId],
) -> String {
    let people = circle.map_or(&[][..], |circle| &circle.people);
    let reading = people
        .iter()
        .filter(|person| person.is_me || readers.contains(&person.id));
    let is_sent = whereabouts > Whereabouts::Waiting;
    if reading.clone().count() > 1 {
        let names = list(reading.map(name_person));
        let word = if is_sent {
            Key::WhoPeople
        } else {
            Key::WhoPeopleLater
        };
        return t_with(word, &[("names", &names)]);
    }
    let has_phones = reading.clone().any(|me| me.devices.len() > 1);
    t(match (has_phones, is_sent) {
        (true, true) => Key::WhoPhones,
        (true, false) => Key::WhoPhonesLater,
        (false, false) if !circle.is_some_and(is_shared) => Key::StatusPhoneLine,
        (false, _) => Key::WhoYou,
    })
    .to_owned()
}

fn list(names: impl Iterator<Item = String>) -> String {
    let comma = match Language::on() {
        Language::English => ", ",
        Language::Urdu => "، ",
    };
    names.collect::<Vec<_>>().join(comma)
}
