//! The page: its elements, focus, title and place in the window.

use std::borrow::Cow;

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// The html element.
pub(crate) fn root() -> Option<Element> {
    document().document_element()
}

/// Which build this page is of.
pub(crate) fn version() -> String {
    let tag = document().query_selector("meta[name=hearth-version]");
    let tag = tag.ok().flatten();
    tag.and_then(|tag| tag.get_attribute("content"))
        .unwrap_or_default()
}

/// What a window is called while its page is loaded again for somebody who goes on in it.
const GOES_ON: &str = "goes-on";

/// Loads the page again, at the address that it has now, for somebody who goes on there.
pub(crate) fn load_again() {
    // A window that takes no name forgets only where it came from.
    let _: Result<(), _> = window().set_name(GOES_ON);
    let _: Result<(), _> = window().location().reload();
}

/// Loads that address in the place of this page: nothing of it stays in memory.
pub(crate) fn begin_anew(address: &str) {
    // Every browser takes an address of its own site.
    let _: Result<(), _> = window().location().replace(address);
}

/// Whether the page was loaded again by [`load_again`]; said once.
pub(crate) fn take_going_on() -> bool {
    let is_going_on = window().name().is_ok_and(|name| name == GOES_ON);
    if is_going_on {
        let _: Result<(), _> = window().set_name("");
    }
    is_going_on
}

/// What stands after the `#` of the address, if it is an address of that path. It is a key, so it
/// goes out of the address bar and the history in the same moment.
pub(crate) fn take_link(path: &str) -> Option<String> {
    let location = window().location();
    let hash = location.hash().ok().filter(|hash| hash.len() > 1)?;
    if location.pathname().ok()?.trim_end_matches('/') != path {
        return None;
    }
    let history = window().history().ok()?;
    let state = history.state().unwrap_or_default();
    history
        .replace_state_with_url(&state, "", Some(path))
        .ok()?;
    Some([path, &hash].concat())
}

/// The address of the whole site, without a slash at its end.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The element of that id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Opens the dialog of that id; an open one stays open.
pub(crate) fn show_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        let _: Result<(), _> = dialog.show_modal();
    }
}

/// Closes it; focus goes back to where it was.
pub(crate) fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    element(id)?.dyn_into().ok()
}

/// Takes the element of that id out of the page.
pub(crate) fn remove(id: &str) {
    if let Some(element) = element(id) {
        element.remove();
    }
}

/// Moves focus to the element of that id, once the screen is drawn.
pub(crate) fn focus(id: impl Into<Cow<'static, str>>) {
    let id = id.into();
    request_animation_frame(move || {
        if let Some(element) = element(&id) {
            // An element that cannot take it leaves focus where it was.
            let _: Result<(), _> = element.focus();
        }
    });
}

/// Shows or hides Home's first part, which stands in the page (`index.html`).
pub(crate) fn set_home(is_home: bool) {
    let name = if is_home { "home" } else { "inside" };
    if let Some(root) = root() {
        // A plain name is taken.
        let _: Result<(), _> = root.set_attribute("data-path", name);
    }
}

/// Moves focus to the screen's heading, once the screen is drawn.
pub(crate) fn focus_heading() {
    const HEADING: &str = "[data-path=home] #home h1, [data-path=inside] #app h1:not(#home h1)";
    request_animation_frame(|| {
        let heading = document().query_selector(HEADING).ok().flatten();
        if let Some(heading) = heading.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _: Result<(), _> = heading.focus();
        }
    });
}

/// Takes focus from whatever has it on the screen.
pub(crate) fn let_go_of_focus() {
    let focused = document().query_selector("#main :focus").ok().flatten();
    if let Some(focused) = focused.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _: Result<(), _> = focused.blur();
    }
}

/// The id of the focused element.
pub(crate) fn focused() -> Option<String> {
    Some(document().active_element()?.id()).filter(|id| !id.is_empty())
}

/// What the window and a screen reader call this screen.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the window is called that already; what stands behind it is the app's own name.
pub(crate) fn is_titled(title: &str) -> bool {
    document().title().starts_with(title)
}

/// Opens the browser's print screen.
pub(crate) fn print() {
    // A browser without one does nothing, and the button says no more than "Print".
    let _: Result<(), _> = window().print();
}
