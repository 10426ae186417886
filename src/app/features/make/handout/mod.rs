//! A page to hand over: chosen from what was told, put in an order, with lines hidden and a sentence
//! of one's own. It is a draft like any other while it is made, and a record once it is saved.

mod choose;
mod form;
mod lines;
mod on_it;
mod state;

use super::page::{edit, make};
use form::form;
use hearth_core::EntityId;
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// Makes one.
#[component]
pub(crate) fn HandOver(draft: Option<EntityId>) -> impl IntoView {
    make(RecordKind::Handout, draft, form)
}

/// Changes one.
#[component]
pub(crate) fn EditPage(record: EntityId) -> impl IntoView {
    edit(record, form)
}
