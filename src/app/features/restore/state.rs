//! The file that was chosen and the words that open it. Both end with the screen.

use crate::i18n::Key;
use crate::link;
use crate::state::State;
use crate::ui::failure_key;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::Restored;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;
use web_sys::File;

/// The restore on this screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Restoring {
    file: StoredValue<Option<File>, LocalStorage>,
    /// What the chosen file is called.
    pub(super) name: RwSignal<Option<String>>,
    pub(super) passphrase: RwSignal<String>,
    pub(super) is_shown: RwSignal<bool>,
    pub(super) is_opening: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Key>>,
    /// What came back, once it is here.
    pub(super) restored: RwSignal<Option<Restored>>,
}

impl Restoring {
    pub(super) fn new() -> Self {
        Self {
            file: StoredValue::new_local(None),
            name: RwSignal::new(None),
            passphrase: RwSignal::default(),
            is_shown: RwSignal::new(false),
            is_opening: RwSignal::new(false),
            trouble: RwSignal::new(None),
            restored: RwSignal::new(None),
        }
    }

    /// Takes the file that was chosen; where the choosing was called off the last one stays.
    pub(super) fn choose(self, files: Vec<File>) {
        if let Some(file) = files.into_iter().next() {
            self.trouble.set(None);
            self.name.set(Some(file.name()));
            self.file.set_value(Some(file));
        }
    }

    /// Opens the file and brings back what is in it.
    pub(super) fn open(self, state: State) {
        if self.is_opening.get_untracked() {
            return;
        }
        let Some(file) = self.file.get_value() else {
            self.trouble.set(Some(Key::RestoreNoFile));
            return;
        };
        let passphrase = self.passphrase.get_untracked();
        if passphrase.trim().is_empty() {
            self.trouble.set(Some(Key::RestoreNoWords));
            return;
        }
        self.trouble.set(None);
        self.is_opening.set(true);
        // Not tied to the screen: what has begun is ended, whoever went where.
        spawn_local(async move {
            match bring_back(passphrase, &file).await {
                Ok(restored) => drop(self.restored.try_set(Some(restored))),
                Err(failure) => drop(self.trouble.try_set(Some(failure_key(&failure)))),
            }
            let _ = self.is_opening.try_set(false);
            state.note_change();
            state.read_circle().await;
        });
    }
}

async fn bring_back(passphrase: String, file: &File) -> Result<Restored, Failure> {
    match link::ask_with_file(Request::RestoreBackup { passphrase }, file).await? {
        Response::Restored(restored) => Ok(restored),
        _ => Err(link::unexpected()),
    }
}
