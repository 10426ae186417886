//! A photo out of the vault. Its bytes are freed when it leaves the screen.

use crate::browser::files;
use crate::i18n::{Key, t};
use crate::state::State;
use hearth_core::EntityId;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// The photo of that blob, as an image of that size.
#[component]
pub(crate) fn Picture(
    blob: EntityId,
    #[prop(into)] alt: String,
    #[prop(optional)] class: &'static str,
    width: u32,
    height: u32,
) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let is_lost = RwSignal::new(false);
    let held = StoredValue::new(None::<String>);
    let state = State::get();
    spawn_local_scoped_with_cancellation(async move {
        let made = state
            .read_blob(blob)
            .await
            .and_then(|jpeg| files::address_of(&jpeg, files::JPEG));
        is_lost.set(made.is_none());
        held.set_value(made.clone());
        address.set(made);
    });
    on_cleanup(move || {
        if let Some(Some(address)) = held.try_get_value() {
            files::forget_address(&address);
        }
    });
    let alt = move || {
        if is_lost.get() {
            t(Key::PhotoLost).to_owned()
        } else {
            alt.clone()
        }
    };
    view! { <img class=class src=move || address.get() alt=alt width=width height=height decoding="async"/> }
}
