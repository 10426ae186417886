//! Something a person should know on this screen.

use super::{icon, line, live, plain, text};
use crate::i18n::Key;
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

/// What went wrong, told at once to whoever listens to the page; nothing while nothing did.
pub(crate) fn trouble(of: RwSignal<Option<Key>>) -> AnyView {
    let why = live(move || of.get().map(|key| notice(Weight::Error, text(key))));
    plain("div", "").set("role", "alert").with(why).view()
}

/// The same for a sentence with a name or a number in it.
pub(crate) fn trouble_words(of: RwSignal<Option<String>>) -> AnyView {
    let why = live(move || of.get().map(|words| notice(Weight::Error, line(words))));
    plain("div", "").set("role", "alert").with(why).view()
}
