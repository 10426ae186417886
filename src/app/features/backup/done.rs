//! A part is there, and maybe it is all: save it, and the words that open it, shown this once.

use super::page::progress;
use super::state::Making;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, heading_of, lead, notice, plain, text, together,
    who_panel,
};
use leptos::prelude::*;

/// The part, and what comes next: another one, or what is safe now.
pub(super) fn done(state: State, making: Making) -> AnyView {
    let name = plain("bdi", "").words(making.name()).view();
    let (title, line, rest) = match making.part.get_untracked() {
        None => (
            t(Key::BackupDone).to_owned(),
            Key::BackupDoneLine,
            safe(making),
        ),
        Some(part) => {
            let title = t_with(Key::BackupPart, &[("part", &part)]);
            let next = progress(state, making, Key::BackupNext, Making::make_next);
            (title, Key::BackupPartLine, next)
        }
    };
    together([
        heading_of(title),
        lead(line),
        plain("p", "").with(name).view(),
        file_buttons(state, making),
        rest,
    ])
}

/// Saves the file once more, or gives it away.
pub(super) fn file_buttons(state: State, making: Making) -> AnyView {
    let again = button(Rank::Main, "download-simple", Key::BackupSave, move || {
        making.save();
    });
    let share = button(Rank::Plain, "share-network", Key::BackupShare, move || {
        making.give(state);
    });
    button_row([again, share])
}

fn safe(making: Making) -> AnyView {
    let passphrase = plain("strong", "passphrase")
        .set("dir", "auto")
        .words(making.passphrase.get_untracked());
    let shown = plain("p", "").with(passphrase.view()).view();
    let people = Route::People.address();
    together([
        notice(Weight::Warning, together([text(Key::BackupOnce), shown])),
        who_panel("shield-check", text(Key::BackupSafe)),
        button_row([button_link(Rank::Plain, "", Key::BackupPeople, people)]),
    ])
}
