//! Offers the new version. It never comes by itself.

use super::live;
use crate::i18n::{Key, t};
use crate::state::State;
use leptos::prelude::*;

/// The bar, while a new version waits.
#[component]
pub(crate) fn UpdateBar() -> impl IntoView {
    let state = State::get();
    let bar = move || {
        view! {
            <div class="update-bar">
                <p>{t(Key::UpdateReady)}</p>
                <div class="button-row">
                    <button class="button button--primary" type="button" on:click=move |_| state.use_update()>
                        {t(Key::UpdateUse)}
                    </button>
                    <button class="button button--quiet" type="button" on:click=move |_| state.put_off_update()>
                        {t(Key::UpdateLater)}
                    </button>
                </div>
            </div>
        }
    };
    view! { <div role="status">{live(move || state.is_update_ready.get().then(bar))}</div> }
}
