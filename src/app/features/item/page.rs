//! The page. News of a record that somebody is reading or writing a note to changes only the part
//! it is about.

use super::conflicts::conflicts;
use super::notes::notes;
use super::place::place;
use super::state::{delete, load, restore};
use super::{GiveButtons, page_paper};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{State, record_address};
use crate::ui::{
    ClosedDoor, Missing, Opening, Rank, Weight, button, button_row, icon, live, notice, plain,
    text, together,
};
use hearth_core::EntityId;
use hearth_core::circle::Whereabouts;
use hearth_core::messages::Failure;
use hearth_core::record::Record;
use leptos::prelude::*;

type Found = RwSignal<Option<Result<Record, Failure>>>;

/// One record.
#[component]
pub(crate) fn Page(record: EntityId) -> impl IntoView {
    let found = load(record);
    let failure =
        Memo::new(move |_| found.with(|found| Some(found.as_ref()?.as_ref().err().cloned())));
    live(move || match failure.get() {
        None => view! { <Opening/> }.into_any(),
        Some(None) => item(found),
        Some(Some(Failure::NotFound)) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
        Some(Some(failure)) => view! { <ClosedDoor failure/> }.into_any(),
    })
}

fn item(found: Found) -> AnyView {
    let Some(Ok(first)) = found.get_untracked() else {
        return ().into_any();
    };
    let id = first.id;
    let record = Memo::new(move |before: Option<&Record>| match found.get() {
        Some(Ok(record)) => record,
        _ => before.unwrap_or(&first).clone(),
    });
    // What the paper shows, without what moves by itself while somebody reads.
    let told = Memo::new(move |_| Record {
        notes: Vec::new(),
        conflicts: Vec::new(),
        whereabouts: Whereabouts::OnThisPhone,
        ..record.get()
    });
    let conflicts_now = Memo::new(move |_| {
        record.with(|record| (record.is_mine, record.kind, record.conflicts.clone()))
    });
    let place_now = Memo::new(move |_| record.with(|record| (record.whereabouts, record.kind)));
    let can_change =
        Memo::new(move |_| record.with(|record| (record.deleted.is_some(), record.is_mine)));
    let notes_now = Memo::new(move |_| record.with(|record| record.notes.clone()));
    let is_again = StoredValue::new(false);
    let paper = live(move || {
        let paper = told.with(|told| page_paper(told, is_again.get_value()));
        is_again.set_value(true);
        paper
    });
    together([
        live(move || can_change.get().0.then(|| in_bin(id))),
        live(move || conflicts(id, &conflicts_now.get())),
        paper,
        live(move || place(place_now.get())),
        view! { <GiveButtons record=told/> }.into_any(),
        live(move || (can_change.get() == (false, true)).then(|| change(id))),
        live(move || (!can_change.get().0).then(|| notes(id, notes_now))),
    ])
}

fn change(id: EntityId) -> AnyView {
    let state = State::get();
    let edit = plain("a", "button")
        .set("href", record_address(Route::Edit, id))
        .with(icon("pencil-simple"))
        .words(t(Key::ItemEdit));
    let delete = button(Rank::Danger, "trash", Key::ItemDelete, move || {
        delete(state, id);
    });
    button_row([edit.view(), delete])
}

fn in_bin(id: EntityId) -> AnyView {
    let state = State::get();
    let back = button(Rank::Plain, "", Key::BinBack, move || restore(state, id));
    let inside = together([text(Key::ItemInBin), button_row([back])]);
    notice(Weight::Warning, inside)
}
