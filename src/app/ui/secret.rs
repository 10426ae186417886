//! A field for words that nobody should read over a shoulder, hidden or shown.

use super::plain;
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// What a secret field is for: a browser that keeps passwords asks to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    New,
    Known,
}

/// The field with its label and what stands under it; `entered` is the Enter key.
pub(crate) fn secret_field(
    of: Secret,
    id: &'static str,
    [label, under]: [&'static str; 2],
    value: RwSignal<String>,
    is_shown: RwSignal<bool>,
    entered: impl Fn() + 'static,
) -> AnyView {
    let kind = move || match is_shown.get() {
        true => "text",
        false => "password",
    };
    let complete = match of {
        Secret::New => "new-password",
        Secret::Known => "current-password",
    };
    let enter = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            entered();
        }
    };
    let described = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <p class="field__hint" id=described.clone()>{under}</p>
            <input class="input" id=id type=Signal::derive(kind) dir="auto" autocomplete=complete
                autocapitalize="none" spellcheck="false" aria-describedby=described prop:value=value
                on:input:target=move |event| value.set(event.target().value()) on:keydown=enter/>
        </div>
    }
    .into_any()
}

/// The box that shows what is typed.
pub(crate) fn show_box(is_shown: RwSignal<bool>) -> AnyView {
    let input = view! {
        <input type="checkbox" prop:checked=is_shown
            on:change=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)/>
    };
    plain("label", "choice")
        .with(input.into_any())
        .with(
            plain("span", "choice__label")
                .words(t(Key::BackupShow))
                .view(),
        )
        .view()
}
