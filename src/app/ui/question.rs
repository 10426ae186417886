//! A question before something that cannot be taken back by a press.

use super::{line, plain};
use leptos::prelude::*;

/// A closed dialog of that id, for [`crate::browser::page::show_dialog`]: what is asked, what it
/// means, and the buttons.
pub(crate) fn question(
    id: &str,
    asked: String,
    what_it_means: String,
    buttons: AnyView,
) -> AnyView {
    let title = ["ask-", id].concat();
    let asked = plain("h2", "")
        .set("id", title.clone())
        .set("dir", "auto")
        .words(asked);
    plain("dialog", "dialog")
        .set("id", id.to_owned())
        .set("aria-labelledby", title)
        .with(asked.view())
        .with(line(what_it_means))
        .with(buttons)
        .view()
}
