//! The page.

use super::done::done;
use super::passphrase::passphrase_fields;
use super::state::{Making, Trouble};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    Heading, Rank, Weight, button, failure_words, lead, line, live, notice, plain, text, together,
};
use hearth_core::messages::Failure;
use leptos::prelude::*;

/// What a backup is, the passphrase, and the file.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let making = Making::new();
    live(move || match making.made.get() {
        Some(made) => done(state, made, making.passphrase.get_untracked()),
        None => ask(state, making),
    })
}

fn ask(state: State, making: Making) -> AnyView {
    let trouble = live(move || {
        let words = |trouble| line(words_of(&trouble).to_owned());
        let trouble = making.trouble.get();
        trouble.map(|trouble| notice(Weight::Error, words(trouble)))
    });
    // While it is made the button is words, so that nobody makes two.
    let make = live(move || {
        if making.is_making.get() {
            let words = plain("p", "")
                .set("role", "status")
                .words(t(Key::BackupMaking));
            return words.view();
        }
        button(Rank::Main, "download-simple", Key::BackupMake, move || {
            making.make(state);
        })
    });
    let form = plain("div", "form")
        .with(passphrase_fields(state, making))
        .with(notice(Weight::Warning, text(Key::BackupNoWay)))
        .with(plain("div", "").set("role", "alert").with(trouble).view())
        .with(make);
    together([
        view! { <Heading text=t(Key::BackupTitle)/> }.into_any(),
        lead(Key::BackupLead),
        form.view(),
    ])
}

fn words_of(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Weak => t(Key::BackupWeak),
        Trouble::Differ => t(Key::BackupDiffer),
        Trouble::Failed(Failure::NoCircle) => t(Key::BackupNothing),
        Trouble::Failed(failure) => failure_words(failure),
    }
}
