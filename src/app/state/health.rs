//! How the store is, and whether the browser promises to keep it.

use super::State;
use crate::link;
use hearth_core::messages::{Request, Response};
use hearth_storage::persist;
use hearth_storage::settings::{self, Witness};
use leptos::prelude::*;

impl State {
    /// Reads both again.
    pub(crate) fn read_health(self) {
        leptos::task::spawn_local(async move {
            if let Ok(Response::Health(health)) = link::ask(Request::Health).await {
                self.health.set(health);
            }
            self.is_persistent
                .set(Some(persist::is_persisted().await.unwrap_or(false)));
        });
    }

    /// Something is kept: at each start with a vault in use, and after each save. Notes it where a
    /// clearing of the vault may leave it, and asks the browser to keep the vault.
    pub(crate) fn hold_on(self) {
        if settings::witness() == Witness::Nothing {
            settings::note(Witness::Kept);
        }
        self.ask_to_persist();
    }

    /// Says on Home what became of a vault that was cleared, until it was read.
    pub(super) fn note_cleared(self, is_cleared: bool) {
        if is_cleared {
            settings::note(Witness::Cleared);
        }
        self.is_cleared.set(settings::witness() == Witness::Cleared);
    }

    /// It was read: what is kept from here on counts anew.
    pub(crate) fn forget_cleared(self) {
        settings::note(Witness::Nothing);
        self.is_cleared.set(false);
        if self.newest.total.get_untracked() > 0 {
            settings::note(Witness::Kept);
        }
    }

    /// Asks the browser to keep the vault, until it has promised it.
    pub(crate) fn ask_to_persist(self) {
        if self.is_persistent.get_untracked() == Some(true) {
            return;
        }
        leptos::task::spawn_local(async move {
            self.is_persistent
                .set(Some(persist::ask_to_persist().await.unwrap_or(false)));
        });
    }
}
