//! The file is there: save it, and the words that open it, shown this once.

use super::state::{Making, file_name, save};
use crate::i18n::Key;
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, heading, lead, notice, plain, text, together,
    who_panel,
};
use leptos::prelude::*;

/// Both, and what is safe now.
pub(super) fn done(state: State, making: Making, address: String) -> AnyView {
    let name = plain("bdi", "").words(file_name()).view();
    let again = button(Rank::Main, "download-simple", Key::BackupSave, move || {
        save(&address);
    });
    let share = button(Rank::Plain, "share-network", Key::BackupShare, move || {
        making.give(state);
    });
    let passphrase = plain("strong", "passphrase")
        .set("dir", "auto")
        .words(making.passphrase.get_untracked());
    let shown = plain("p", "").with(passphrase.view()).view();
    let people = Route::People.address();
    together([
        heading(Key::BackupDone),
        lead(Key::BackupDoneLine),
        plain("p", "").with(name).view(),
        button_row([again, share]),
        notice(Weight::Warning, together([text(Key::BackupOnce), shown])),
        who_panel("shield-check", text(Key::BackupSafe)),
        button_row([button_link(Rank::Plain, "", Key::BackupPeople, people)]),
    ])
}
