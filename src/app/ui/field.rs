//! A label and a place to type.

use leptos::oco::Oco;
use leptos::prelude::*;

/// Many words. What stands under them comes as children.
#[component]
pub(crate) fn WordsField(
    #[prop(into)] id: Oco<'static, str>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] value: Signal<String>,
    typed: Callback<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let hint_id = hint.as_ref().map(|_| [&id, "-hint"].concat());
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id.clone()>{hint}</p> })}
            // A browser would keep what stands in it in its own files, unsealed.
            <textarea class="input" id=id dir="auto" autocomplete="off" aria-describedby=hint_id
                prop:value=value
                on:input:target=move |event| typed.run(event.target().value())></textarea>
            {children.map(|children| children())}
        </div>
    }
}

/// A few words.
#[component]
pub(crate) fn LineField(
    #[prop(into)] id: Oco<'static, str>,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    typed: Callback<String>,
    #[prop(optional)] entered: Option<Callback<()>>,
) -> impl IntoView {
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(entered) = entered {
                entered.run(());
            }
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input class="input" id=id type="text" dir="auto" autocomplete="off"
                prop:value=value
                on:input:target=move |event| typed.run(event.target().value())
                on:keydown=on_key/>
        </div>
    }
}
