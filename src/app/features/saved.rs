//! It is saved: says so, and what is next.

use crate::features::item::{GiveButtons, load, paper, who_can_see};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::record_address;
use crate::ui::{Heading, Missing, live_by, look_of};
use hearth_core::EntityId;
use hearth_core::messages::encode;
use hearth_core::record::{Record, RecordKind};
use leptos::prelude::*;

/// The page. It reads the record, so that it cannot say so of one that is not there.
#[component]
pub(crate) fn Page(record: EntityId) -> impl IntoView {
    let found = load(record);
    // It is drawn once, and says what is true at the save: a line that changed a moment later
    // would move the buttons from under a finger.
    let is_here = move || found.with(|found| encode(&found.as_ref().map(Result::is_ok)));
    live_by(is_here, move || match found.get_untracked() {
        None => ().into_any(),
        Some(Ok(record)) => saved(record),
        Some(Err(_)) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
    })
}

fn saved(record: Record) -> AnyView {
    let kind = record.kind;
    let look = look_of(kind);
    let is_feedback = kind == RecordKind::Feedback;
    let (see, id) = (record_address(Route::Item, record.id), record.id);
    let who = who_can_see(&record);
    let give = is_feedback.then(|| {
        let printed = paper(&record);
        view! { <GiveButtons record=Signal::stored(record)/> <div class="print-only">{printed}</div> }
    });
    view! {
        <div class="no-print" data-state="saved" data-record=id.to_string()>
            <Heading text=t(Key::SavedTitle)/>
        </div>
        {who}
        {give}
        <div class="button-row">
            <a class="button button--primary" href=see>{t(Key::SavedSee)}</a>
            <a class="button" href=look.route.address()>{t(look.another)}</a>
            <a class="button" href=Route::Home.address()>{t(Key::NavHome)}</a>
        </div>
    }
    .into_any()
}
