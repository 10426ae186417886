//! Any address that is no screen.

use crate::i18n::Key;
use crate::ui::Missing;
use leptos::prelude::*;

/// The page that says so.
#[component]
pub(crate) fn Page() -> impl IntoView {
    view! { <Missing title=Key::MissingTitle line=Key::MissingLine/> }
}
