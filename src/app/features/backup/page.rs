//! The page.

use super::done::done;
use super::passphrase::passphrase_fields;
use super::state::Making;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, heading, lead, live, notice, plain, text, together, trouble,
};
use leptos::prelude::*;

/// What a backup is, the passphrase, and the file.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let making = Making::new();
    live(move || match making.made.get() {
        Some(address) => done(state, making, address),
        None => ask(state, making),
    })
}

fn ask(state: State, making: Making) -> AnyView {
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
    // The warning comes first: below the fields it would be read after they are filled in.
    let form = plain("div", "form")
        .with(notice(Weight::Warning, text(Key::BackupNoWay)))
        .with(passphrase_fields(state, making))
        .with(trouble(making.trouble))
        .with(make);
    together([
        heading(Key::BackupTitle),
        lead(Key::BackupLead),
        form.view(),
    ])
}
