//! A field for words that nobody should read over a shoulder, hidden or shown.

use super::plain;
use crate::browser::page;
use crate::i18n::{Key, t};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

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
    entered: impl Fn() + Send + 'static,
) -> AnyView {
    let complete = match of {
        Secret::New => "new-password",
        Secret::Known => "current-password",
    };
    let input = move || page::element(id)?.dyn_into::<HtmlInputElement>().ok();
    Effect::new(move |_| {
        let kind = if is_shown.get() { "text" } else { "password" };
        if let Some(input) = input() {
            input.set_type(kind);
        }
    });
    let described = [id, "-hint"].concat();
    let hint = plain("p", "field__hint").set("id", described.clone());
    let field = plain("input", "input")
        .set("id", id)
        .set("type", "password")
        .set("dir", "auto")
        .set("autocomplete", complete)
        .set("autocapitalize", "none")
        .set("spellcheck", "false")
        .set("aria-describedby", described)
        .heard("input", move |_| {
            value.set(input().map(|input| input.value()).unwrap_or_default());
        })
        .entered(Box::new(entered));
    let label = plain("label", "field__label").set("for", id).words(label);
    plain("div", "field")
        .with(label.view())
        .with(hint.words(under).view())
        .with(field.view())
        .view()
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
