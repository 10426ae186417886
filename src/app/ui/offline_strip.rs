//! Says that there is no internet, and that it does not matter here.

use super::{icon, live};
use crate::i18n::{Key, t};
use crate::state::State;
use leptos::prelude::*;

/// The strip, while there is no network.
#[component]
pub(crate) fn OfflineStrip() -> impl IntoView {
    let state = State::get();
    view! {
        <div role="status">
            {live(move || {
                (!state.is_online.get())
                    .then(|| view! { <div class="strip">{icon("wifi-slash")} {t(Key::OfflineLine)}</div> })
            })}
        </div>
    }
}
