//! The page.

use super::copy::copy_part;
use super::done::done;
use super::passphrase::passphrase_fields;
use super::state::Making;
use crate::i18n::{Key, t_with};
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, heading, lead, line, live, notice, plain, text, together, trouble,
};
use leptos::prelude::*;

/// What a backup is, the passphrase, and the file. Below it the copy that is not locked.
#[component]
pub(crate) fn Page() -> impl IntoView {
    let state = State::get();
    let making = Making::new();
    let backup = live(move || match making.made.get() {
        Some(_) => done(state, making),
        None => ask(state, making),
    });
    together([backup, copy_part(state, Making::new())])
}

fn ask(state: State, making: Making) -> AnyView {
    let make = progress(state, making, Key::BackupMake, Making::make);
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

/// What makes the next part. While it is made these are words, so that nobody makes two, and what
/// stops it.
pub(super) fn progress(
    state: State,
    making: Making,
    word: Key,
    make: fn(Making, State),
) -> AnyView {
    live(move || {
        if !making.is_making.get() {
            return button(Rank::Main, "download-simple", word, move || {
                make(making, state);
            });
        }
        let words = live(move || {
            let percent = making.percent.get();
            line(t_with(Key::BackupMaking, &[("percent", &percent)]))
        });
        let words = plain("div", "").set("role", "status").with(words);
        let stop = button(Rank::Plain, "", Key::AppCancel, move || {
            making.is_making.set(false);
        });
        together([words.view(), stop])
    })
}
