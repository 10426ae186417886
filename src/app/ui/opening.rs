//! While the vault opens: the step by its name.

use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The step by its name.
#[component]
pub(crate) fn Opening() -> impl IntoView {
    view! { <p class="lead" role="status">{t(Key::ShellOpening)}</p> }
}
