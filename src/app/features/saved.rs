//! It is saved: says so, and what is next.

use crate::features::item::{GiveButtons, load, paper};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::record_address;
use crate::ui::{Heading, Missing, icon, live, look_of};
use hearth_core::EntityId;
use hearth_core::record::{Record, RecordKind};
use leptos::prelude::*;

/// The page. It reads the record, so that it cannot say so of one that is not there.
#[component]
pub(crate) fn Page(record: EntityId) -> impl IntoView {
    let found = load(record);
    live(move || match found.get() {
        None => ().into_any(),
        Some(Ok(record)) => view! { <Saved record/> }.into_any(),
        Some(Err(_)) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
    })
}

#[component]
fn Saved(record: Record) -> impl IntoView {
    let look = look_of(record.kind);
    let is_feedback = record.kind == RecordKind::Feedback;
    let see = record_address(Route::Item, record.id);
    let give = is_feedback.then(|| {
        let record = Signal::stored(record.clone());
        view! { <GiveButtons record/> <div class="print-only">{paper(&record.get_untracked(), false)}</div> }
    });
    let who = t(if is_feedback {
        Key::FeedbackOnly
    } else {
        Key::StatusPhoneLine
    });
    view! {
        <div class="no-print" data-state="saved" data-record=record.id.to_string()>
            <Heading text=t(Key::SavedTitle)/>
        </div>
        <div class="who-sees">{icon("device-mobile")} <p>{who}</p></div>
        {give}
        <div class="button-row">
            <a class="button button--primary" href=see>{t(Key::SavedSee)}</a>
            <a class="button" href=look.route.address()>{t(look.another)}</a>
            <a class="button" href=Route::Home.address()>{t(Key::NavHome)}</a>
        </div>
    }
}
