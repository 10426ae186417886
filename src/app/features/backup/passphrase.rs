//! The passphrase, twice, hidden or shown.

use super::state::Making;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Secret, secret_field, show_box, together};
use leptos::prelude::*;

/// The two fields, and one box that shows both.
pub(super) fn passphrase_fields(state: State, making: Making) -> AnyView {
    let field = |id, words, value| {
        secret_field(Secret::New, id, words, value, making.is_shown, move || {
            making.make(state);
        })
    };
    let first = [t(Key::BackupPassphrase), t(Key::BackupHint)];
    together([
        field("passphrase", first, making.passphrase),
        field("passphrase-again", [t(Key::BackupAgain), ""], making.again),
        show_box(making.is_shown),
    ])
}
