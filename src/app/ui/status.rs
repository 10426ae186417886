//! Where a record is. On one phone there is one answer.

use super::icon;
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The pill.
#[component]
pub(crate) fn StatusPill() -> impl IntoView {
    view! { <span class="status">{icon("device-mobile")} {t(Key::StatusPhone)}</span> }
}
