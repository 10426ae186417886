//! The passphrase, twice, hidden or shown.

use super::state::Making;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::together;
use leptos::prelude::*;

/// The two fields, and one box that shows both.
pub(super) fn passphrase_fields(state: State, making: Making) -> AnyView {
    let show = view! {
        <label class="choice">
            <input type="checkbox" prop:checked=making.is_shown
                on:change=move |_| making.is_shown.update(|is_shown| *is_shown = !*is_shown)/>
            <span class="choice__label">{t(Key::BackupShow)}</span>
        </label>
    };
    let field = |id, label, under, value| field(state, making, id, label, under, value);
    let (first, again) = (making.passphrase, making.again);
    together([
        field(
            "passphrase",
            Key::BackupPassphrase,
            t(Key::BackupHint),
            first,
        ),
        field("passphrase-again", Key::BackupAgain, "", again),
        show.into_any(),
    ])
}

fn field(
    state: State,
    making: Making,
    id: &'static str,
    label: Key,
    under: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    let kind = move || {
        if making.is_shown.get() {
            "text"
        } else {
            "password"
        }
    };
    let enter = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            making.make(state);
        }
    };
    let described = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label class="field__label" for=id>{t(label)}</label>
            <p class="field__hint" id=described.clone()>{under}</p>
            <input class="input" id=id type=Signal::derive(kind) dir="auto" autocomplete="new-password"
                autocapitalize="none" spellcheck="false" aria-describedby=described prop:value=value
                on:input:target=move |event| value.set(event.target().value()) on:keydown=enter/>
        </div>
    }
    .into_any()
}
