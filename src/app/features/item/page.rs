//! The page.

use super::state::{delete, load, restore};
use super::{GiveButtons, paper};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::{State, record_address};
use crate::ui::{ClosedDoor, Missing, Notice, Opening, StatusPill, Weight, icon, live};
use hearth_core::EntityId;
use hearth_core::messages::Failure;
use hearth_core::record::{Record, RecordKind};
use leptos::prelude::*;

/// One record.
#[component]
pub(crate) fn Page(record: EntityId) -> impl IntoView {
    let found = load(record);
    live(move || match found.get() {
        None => view! { <Opening/> }.into_any(),
        Some(Ok(record)) => view! { <Item record/> }.into_any(),
        Some(Err(Failure::NotFound)) => {
            view! { <Missing title=Key::ItemMissing line=Key::ItemMissingLine/> }.into_any()
        }
        Some(Err(failure)) => view! { <ClosedDoor failure/> }.into_any(),
    })
}

#[component]
fn Item(record: Record) -> impl IntoView {
    let is_feedback = record.kind == RecordKind::Feedback;
    let (id, is_deleted) = (record.id, record.deleted.is_some());
    let who = t(if is_feedback {
        Key::FeedbackOnly
    } else {
        Key::StatusPhoneLine
    });
    view! {
        {is_deleted.then(|| view! { <InBin id/> })}
        {paper(&record, true)}
        <p class="no-print"><StatusPill/></p>
        <div class="who-sees">{icon("eye")} <p>{who}</p></div>
        <GiveButtons record=Signal::stored(record)/>
        {(!is_deleted).then(|| view! { <Change id/> })}
    }
}

#[component]
fn Change(id: EntityId) -> impl IntoView {
    let state = State::get();
    view! {
        <div class="button-row">
            <a class="button" href=record_address(Route::Edit, id)>{icon("pencil-simple")} {t(Key::ItemEdit)}</a>
            <button class="button button--danger" type="button" on:click=move |_| delete(state, id)>
                {icon("trash")} {t(Key::ItemDelete)}
            </button>
        </div>
    }
}

#[component]
fn InBin(id: EntityId) -> impl IntoView {
    let state = State::get();
    view! {
        <Notice weight=Weight::Warning>
            <p>{t(Key::ItemInBin)}</p>
            <div class="button-row">
                <button class="button" type="button" on:click=move |_| restore(state, id)>{t(Key::BinBack)}</button>
            </div>
        </Notice>
    }
}
