//! While the vault opens: the step by its name.

use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The step by its name.
#[component]
pub(crate) fn Opening() -> impl IntoView {
    // The second sentence comes by the style sheet, when it has taken long.
    view! {
        <div role="status">
            <p class="lead">{t(Key::ShellOpening)}</p>
            <p class="late">{t(Key::ShellLate)}</p>
        </div>
    }
}
