//! What a record said before, field by field, and bringing a version back. A version that says what
//! the record says now has no button: it is there already.

use super::conflicts::version;
use super::notes::by;
use super::page::{follow, told, whole};
use super::state::{Found, in_words, label_of, settle};
use crate::browser::dates;
use crate::i18n::{Key, Language, t};
use crate::state::State;
use crate::ui::{
    Rank, button, heading, hint, lead, name_or_somebody, nothing, plain, text, together,
};
use hearth_core::circle::note::Note;
use hearth_core::record::{CHILD, DAY, FieldSpec, Record};
use hearth_core::{Day, EntityId};
use leptos::prelude::*;

/// The earlier versions of one record.
#[component]
pub(crate) fn Earlier(record: EntityId) -> impl IntoView {
    whole(record, |found: Found, _| {
        together([
            heading(Key::EarlierTitle),
            lead(Key::EarlierLead),
            follow(found, told, all),
        ])
    })
}

fn all(record: &Record) -> AnyView {
    let is_of_one = |one: &Note, other: &Note| (one.id, one.field) == (other.id, other.field);
    let fields = record.rewritten.chunk_by(is_of_one);
    let fields = fields.map(|versions| one_field(record, versions));
    fields.collect::<Vec<_>>().into_any()
}

fn one_field(record: &Record, versions: &[Note]) -> AnyView {
    let [now, ..] = versions else {
        return nothing();
    };
    let mut specs = record.kind.fields().iter();
    let spec = specs.find(|spec| spec.field == now.field);
    let label = match now.field {
        _ if now.id != record.id => t(Key::PhotoCaption),
        CHILD => t(Key::ItemAbout),
        DAY => t(Key::ItemHappened),
        _ => label_of(spec),
    };
    let may_bring_back = record.is_mine && record.deleted.is_none();
    let each = versions.iter().enumerate().map(|(at, one)| {
        let act = match at {
            0 => text(Key::EarlierNow),
            _ if may_bring_back && one.words != now.words => back(one),
            _ => nothing(),
        };
        let name = format!("version-{}-{}-{at}", one.id, one.field);
        version(name, shown(spec, one), [hint(by(one)), act])
    });
    plain("section", "")
        .with(plain("h2", "day-header").words(label).view())
        .with(plain("ul", "cards").with_all(each).view())
        .view()
}

fn shown(spec: Option<&FieldSpec>, one: &Note) -> String {
    let found = match one.field {
        DAY => one.words.parse().ok().map(|day| {
            let tag = Language::on().dates();
            dates::write_short_day(Day(day), tag)
        }),
        CHILD => one.words.parse().ok().map(|child| {
            let name = State::get().child_name(child);
            name_or_somebody(&name.unwrap_or_default())
        }),
        _ => None,
    };
    found.unwrap_or_else(|| in_words(spec, &one.words))
}

fn back(one: &Note) -> AnyView {
    let state = State::get();
    let (of, field, words) = (one.id, one.field, one.words.clone());
    let drawing = "arrow-counter-clockwise";
    button(Rank::Plain, drawing, Key::EarlierBack, move || {
        settle(state, of, field, words.clone());
    })
}
