//! The three things to make, alone.

use super::UnsavedList;
use crate::ui::Tiles;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Choose() -> impl IntoView {
    view! { <Tiles/> <UnsavedList/> }
}
