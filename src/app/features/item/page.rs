//! The page. News of a record that somebody is reading or writing a note to changes only the part
//! it is about.

use super::conflicts::conflicts;
use super::notes::notes;
use super::place::place;
use super::state::{Found, delete, load, restore};
use super::{GiveButtons, page_paper};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{State, record_address};
use crate::ui::{
    ClosedDoor, Missing, Opening, Rank, Weight, button, button_row, icon, live_by, look_of,
    nothing, notice, plain, text, together,
};
use hearth_core::EntityId;
use hearth_core::circle::Whereabouts;
use hearth_core::messages::{Failure, encode};
use hearth_core::record::{Record, RecordKind};
use leptos::prelude::*;

/// One record.
#[component]
pub(crate) fn Page(record: EntityId) -> impl IntoView {
    whole(record, item)
}

/// A screen of one record, or why it is not shown.
pub(super) fn whole(record: EntityId, draw: fn(Found, &Record) -> AnyView) -> AnyView {
    let found = load(record);
    let stands =
        move || found.with(|found| encode(&found.as_ref().map(|found| found.as_ref().err())));
    live_by(stands, move || match found.get_untracked() {
        None => view! { <Opening/> }.into_any(),
        Some(Ok(record)) => draw(found, &record),
        Some(Err(Failure::NotFound)) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
        Some(Err(failure)) => view! { <ClosedDoor failure/> }.into_any(),
    })
}

/// Each part is drawn again when what it shows changes.
fn item(found: Found, record: &Record) -> AnyView {
    let id = record.id;
    let can_change = |record: &Record| encode(&(record.deleted.is_some(), record.is_mine));
    let place = follow(
        found,
        |record| encode(&(record.whereabouts, &record.readers)),
        place,
    );
    let give = follow(found, told, |record| {
        let record = Signal::stored(record.clone());
        view! { <GiveButtons record/> }.into_any()
    });
    // A page is there to be handed over.
    let (first, second) = match record.kind {
        RecordKind::Handout => (give, place),
        _ => (place, give),
    };
    together([
        follow(found, can_change, |record| match record.deleted {
            Some(_) => in_bin(record.id),
            None => nothing(),
        }),
        follow(found, |record| encode(&record.conflicts), conflicts),
        follow(found, told, page_paper),
        first,
        second,
        follow(found, can_change, |record| {
            if record.deleted.is_none() && record.is_mine {
                change(record)
            } else {
                nothing()
            }
        }),
        follow(
            found,
            |record| vec![u8::from(record.rewritten.is_empty())],
            earlier,
        ),
        notes(id, found),
    ])
}

/// What the paper shows, without what moves by itself while somebody reads.
pub(super) fn told(record: &Record) -> Vec<u8> {
    let mut record = record.clone();
    record.notes.clear();
    record.conflicts.clear();
    record.whereabouts = Whereabouts::OnThisPhone;
    record.readers.clear();
    encode(&record)
}

/// A part of it, drawn again when what it shows changes.
pub(super) fn follow(
    found: Found,
    key: fn(&Record) -> Vec<u8>,
    draw: fn(&Record) -> AnyView,
) -> AnyView {
    let key = move || {
        found.with(|found| match found {
            Some(Ok(record)) => key(record),
            _ => Vec::new(),
        })
    };
    live_by(key, move || match found.get_untracked() {
        Some(Ok(record)) => draw(&record),
        _ => nothing(),
    })
}

fn change(record: &Record) -> AnyView {
    let (state, id) = (State::get(), record.id);
    let edit = plain("a", "button")
        .set("href", record_address(look_of(record.kind).edit_route, id))
        .with(icon("pencil-simple"))
        .words(t(Key::ItemEdit));
    let delete = button(Rank::Danger, "trash", Key::ItemDelete, move || {
        delete(state, id);
    });
    button_row([edit.view(), delete])
}

fn earlier(record: &Record) -> AnyView {
    if record.rewritten.is_empty() {
        return nothing();
    }
    let look = plain("a", "button button--quiet")
        .set("href", record_address(Route::Earlier, record.id))
        .words(t(Key::EarlierTitle));
    button_row([look.view()])
}

fn in_bin(id: EntityId) -> AnyView {
    let state = State::get();
    let back = button(Rank::Plain, "", Key::BinBack, move || restore(state, id));
    let inside = together([text(Key::ItemInBin), button_row([back])]);
    notice(Weight::Warning, inside)
}
