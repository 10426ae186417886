//! The page.

use super::done::Done;
use super::passphrase::PassphraseFields;
use super::state::{Making, Trouble};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Heading, Notice, Weight, failure_words, live};
use hearth_core::messages::Failure;
use leptos::prelude::*;

/// What a backup is, the passphrase, and the file.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let making = Making::new();
    live(move || match making.made.get() {
        Some(made) => {
            view! { <Done made passphrase=making.passphrase.get_untracked()/> }.into_any()
        }
        None => view! { <Ask making/> }.into_any(),
    })
}

#[component]
fn Ask(making: Making) -> impl IntoView {
    let state = State::get();
    let trouble = move || {
        let draw = |trouble| {
            view! { <Notice weight=Weight::Error><p>{words_of(&trouble)}</p></Notice> }
        };
        making.trouble.get().map(draw)
    };
    let word = move || {
        t(if making.is_making.get() {
            Key::BackupMaking
        } else {
            Key::BackupMake
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        making.make(state);
    };
    view! {
        <Heading text=t(Key::BackupTitle)/>
        <p class="lead">{t(Key::BackupLead)}</p>
        <form class="form" on:submit=submit>
            <PassphraseFields making/>
            <Notice weight=Weight::Warning><p>{t(Key::BackupNoWay)}</p></Notice>
            <div role="alert">{live(trouble)}</div>
            <button class="button button--primary button--block" type="submit"
                aria-disabled=Signal::derive(move || making.is_making.get().then_some("true"))>{live(word)}</button>
        </form>
    }
}

fn words_of(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Weak => t(Key::BackupWeak),
        Trouble::Differ => t(Key::BackupDiffer),
        Trouble::Failed(Failure::NoCircle) => t(Key::BackupNothing),
        Trouble::Failed(failure) => failure_words(failure),
    }
}
