//! Something a person should know on this screen.

use super::{icon, plain};
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
    notice(weight, children())
}

/// The same, around what is drawn already.
pub(crate) fn notice(weight: Weight, inside: AnyView) -> AnyView {
    let (class, drawing) = match weight {
        Weight::Info => ("notice notice--info", "info"),
        Weight::Warning => ("notice notice--warning", "warning"),
        Weight::Error => ("notice notice--error", "warning-circle"),
    };
    let inside = plain("div", "").with(inside).view();
    plain("div", class).with(icon(drawing)).with(inside).view()
}
