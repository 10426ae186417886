//! A drawing of `public/icons.svg`. It always stands beside a word, so it has no name of its own.

use leptos::prelude::*;

/// The drawing of that name.
pub(crate) fn icon(name: &str) -> AnyView {
    drawing(name, "icon")
}

/// One that points along the line of reading.
pub(crate) fn turning_icon(name: &str) -> AnyView {
    drawing(name, "icon icon--turns")
}

/// One that is seen only where the person is.
pub(crate) fn here_icon(name: &str) -> AnyView {
    drawing(name, "icon icon--here")
}

/// A drawing to look at closely, of another file.
pub(super) fn picture(address: String) -> AnyView {
    draw(address, "compare__picture")
}

fn drawing(name: &str, class: &'static str) -> AnyView {
    draw(["/icons.svg#", name].concat(), class)
}

fn draw(address: String, class: &'static str) -> AnyView {
    view! { <svg class=class aria-hidden="true"><use href=address></use></svg> }.into_any()
}
