//! Something a person should know on this screen.

use super::icon;
use leptos::prelude::*;

/// How much it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Info,
    Warning,
    Error,
}

/// A panel with a drawing of its weight.
#[component]
pub(crate) fn Notice(weight: Weight, children: Children) -> impl IntoView {
    let (class, drawing) = match weight {
        Weight::Info => ("notice notice--info", "info"),
        Weight::Warning => ("notice notice--warning", "warning"),
        Weight::Error => ("notice notice--error", "warning-circle"),
    };
    view! { <div class=class>{icon(drawing)} <div>{children()}</div></div> }
}
