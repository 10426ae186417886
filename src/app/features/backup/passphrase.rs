//! The passphrase, twice, hidden or shown.

use super::state::Making;
use crate::i18n::{Key, t};
use crate::ui::hint;
use leptos::prelude::*;

/// The two fields, and one box that shows both.
#[component]
pub(super) fn PassphraseFields(making: Making) -> impl IntoView {
    view! {
        {field(making, "passphrase", Key::BackupPassphrase, Some(Key::BackupHint), making.passphrase)}
        {field(making, "passphrase-again", Key::BackupAgain, None, making.again)}
        <label class="choice">
            <input type="checkbox" prop:checked=making.is_shown
                on:change=move |_| making.is_shown.update(|is_shown| *is_shown = !*is_shown)/>
            <span class="choice__label">{t(Key::BackupShow)}</span>
        </label>
    }
}

fn field(
    making: Making,
    id: &'static str,
    label: Key,
    under: Option<Key>,
    value: RwSignal<String>,
) -> AnyView {
    let kind = move || {
        if making.is_shown.get() {
            "text"
        } else {
            "password"
        }
    };
    let described = under.map(|_| [id, "-hint"].concat());
    let under = under.map(|word| view! { <div id=described.clone()>{hint(word)}</div> });
    view! {
        <div class="field">
            <label class="field__label" for=id>{t(label)}</label>
            {under}
            <input class="input" id=id type=Signal::derive(kind) dir="auto" autocomplete="new-password" autocapitalize="none"
                spellcheck="false" aria-describedby=described prop:value=value
                on:input:target=move |event| value.set(event.target().value())/>
        </div>
    }
    .into_any()
}
