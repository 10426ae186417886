//! One of several answers, which can be taken back.

use super::{icon, live, live_list};
use crate::i18n::{Key, choice_of, t, word_of};
use leptos::prelude::*;

/// A question with one answer: rows, or faces with words under them.
#[component]
pub(crate) fn Choices(
    /// The question's key; each answer's is `<name>.<code>`.
    name: &'static str,
    codes: &'static [&'static str],
    has_faces: bool,
    #[prop(into)] chosen: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let class = if has_faces {
        "choices choices--faces"
    } else {
        "choices choices--columns"
    };
    // A code of a newer build is a choice as well while it is the answer.
    let codes = move || {
        let mut shown: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let now = chosen.get();
        if !now.is_empty() && !shown.contains(&now) {
            shown.push(now);
        }
        shown
    };
    let row = move |code: String| {
        let (is_chosen, chose) = (code.clone(), code.clone());
        view! {
            <label class="choice">
                <input type="radio" name=name value=code.clone()
                    prop:checked=Signal::derive(move || chosen.get() == is_chosen)
                    on:change=move |_| choose.run(chose.clone())/>
                <span class="choice__label">{has_faces.then(|| icon(face_of(&code)))} {choice_of(name, &code)}</span>
            </label>
        }
    };
    let clear = move || {
        (!chosen.get().is_empty()).then(|| {
            view! {
                <button class="button button--quiet" type="button" on:click=move |_| choose.run(String::new())>
                    {t(Key::FormClear)} <span class="visually-hidden">{word_of(name)}</span>
                </button>
            }
        })
    };
    view! {
        <div>
            <fieldset class=class>
                <legend>{word_of(name)}</legend>
                {live_list(codes, |code| code.clone().into_bytes(), row)}
            </fieldset>
            {live(clear)}
        </div>
    }
}

fn face_of(code: &str) -> &'static str {
    match code {
        "happy" => "smiley",
        "calm" => "face-calm",
        "mixed" => "smiley-meh",
        "worried" => "smiley-nervous",
        "sad" => "smiley-sad",
        "angry" => "smiley-angry",
        "unsaid" => "lock-simple",
        "unknown" => "question",
        _ => "smiley-blank",
    }
}
