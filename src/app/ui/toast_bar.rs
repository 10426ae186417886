//! Says what was just done, and offers to take it back. It stays until the next one or until it
//! is closed: a person who reads slowly has all the time.

use super::{icon, live};
use crate::i18n::{Key, t};
use crate::state::{State, Toast};
use leptos::prelude::*;

/// The toast, while there is one.
#[component]
pub(crate) fn ToastBar() -> impl IntoView {
    let state = State::get();
    let draw = move |toast: Toast| {
        let undo = toast.undo.map(|undo| {
            let press = move |_| {
                state.toast.set(None);
                undo();
            };
            view! { <button class="button" type="button" on:click=press>{t(Key::AppUndo)}</button> }
        });
        view! {
            <div class="toast">
                <span dir="auto">{toast.text}</span>
                {undo}
                <button class="button" type="button" on:click=move |_| state.toast.set(None)>
                    {icon("x")} <span class="visually-hidden">{t(Key::AppClose)}</span>
                </button>
            </div>
        }
    };
    view! { <div role="status" aria-live="polite">{live(move || state.toast.get().map(draw))}</div> }
}
