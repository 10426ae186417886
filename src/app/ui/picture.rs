//! A photo out of the vault. Its bytes are freed when it leaves the screen.

use crate::browser::files;
use crate::i18n::{Key, t};
use crate::state::State;
use hearth_core::EntityId;
use hearth_core::messages::Failure;
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
    let missing = RwSignal::new(None::<Key>);
    let held = StoredValue::new(None::<String>);
    let state = State::get();
    // What another phone told can come later than the words it belongs to.
    Effect::new(move |_| {
        state.changes.track();
        if held.with_value(Option::is_some) {
            return;
        }
        spawn_local_scoped_with_cancellation(async move {
            let read = state.read_blob(blob).await;
            let why = match &read {
                Err(Failure::NotFound) => Key::WhereArriving,
                _ => Key::PhotoLost,
            };
            let made = read.ok();
            let made = made.and_then(|jpeg| files::address_of(&jpeg, files::JPEG));
            missing.set(made.is_none().then_some(why));
            held.set_value(made.clone());
            address.set(made);
        });
    });
    on_cleanup(move || {
        if let Some(Some(address)) = held.try_get_value() {
            files::forget_address(&address);
        }
    });
    let alt = move || match missing.get() {
        Some(why) => t(why).to_owned(),
        None => alt.clone(),
    };
    view! { <img class=class src=move || address.get() alt=alt width=width height=height decoding="async"/> }
}
