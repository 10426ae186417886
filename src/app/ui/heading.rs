//! A screen's heading: it names the window, and takes focus when somebody came here inside the app.

use super::plain;
use crate::browser::page;
use crate::i18n::{Key, t};
use crate::state::State;
use leptos::prelude::*;

/// The one h1. `class` is the page's or the bar's; a screen that focuses something else is `quiet`.
#[component]
pub(crate) fn Heading(
    #[prop(into)] text: String,
    #[prop(default = "page-title")] class: &'static str,
    #[prop(optional)] quiet: bool,
) -> impl IntoView {
    name_screen(&text, quiet);
    view! { <h1 class=class tabindex="-1">{text}</h1> }
}

/// The same on a screen of plain elements.
pub(crate) fn heading(word: Key) -> AnyView {
    heading_of(t(word).to_owned())
}

/// The same, with a name or a number in it.
pub(crate) fn heading_of(text: String) -> AnyView {
    name_screen(&text, false);
    plain("h1", "page-title")
        .set("tabindex", "-1")
        .words(text)
        .view()
}

/// What a heading does besides standing there.
pub(crate) fn name_screen(text: &str, quiet: bool) {
    page::set_title(&[text, " · ", t(Key::ShellName)].concat());
    if State::get().place.has_moved() && !quiet {
        page::focus_heading();
    }
}
