//! The files that were chosen and the words that open them. Both end with the screen.

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
    files: StoredValue<Vec<File>, LocalStorage>,
    /// What the chosen files are called.
    pub(super) names: RwSignal<Option<String>>,
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
            files: StoredValue::new_local(Vec::new()),
            names: RwSignal::new(None),
            passphrase: RwSignal::default(),
            is_shown: RwSignal::new(false),
            is_opening: RwSignal::new(false),
            trouble: RwSignal::new(None),
            restored: RwSignal::new(None),
        }
    }

    /// Takes the files that were chosen; where the choosing was called off the last ones stay.
    pub(super) fn choose(self, files: Vec<File>) {
        if !files.is_empty() {
            self.trouble.set(None);
            let names: Vec<String> = files.iter().map(File::name).collect();
            self.names.set(Some(names.join(", ")));
            self.files.set_value(files);
        }
    }

    /// Back to the choosing, for what is missing.
    pub(super) fn choose_more(self) {
        self.names.set(None);
        self.files.set_value(Vec::new());
        self.restored.set(None);
    }

    /// Opens the files and brings back what is in them.
    pub(super) fn open(self, state: State) {
        if self.is_opening.get_untracked() {
            return;
        }
        let files = self.files.get_value();
        if files.is_empty() {
            self.trouble.set(Some(Key::RestoreNoFile));
            return;
        }
        let passphrase = self.passphrase.get_untracked();
        if passphrase.trim().is_empty() {
            self.trouble.set(Some(Key::RestoreNoWords));
            return;
        }
        self.trouble.set(None);
        self.is_opening.set(true);
        // Not tied to the screen: what has begun is ended, whoever went where.
        spawn_local(async move {
            match bring_back(passphrase, &files).await {
                Ok(restored) => drop(self.restored.try_set(Some(restored))),
                Err(failure) => drop(self.trouble.try_set(Some(failure_key(&failure)))),
            }
            let _ = self.is_opening.try_set(false);
            state.note_change();
            state.read_circle().await;
        });
    }
}

async fn bring_back(passphrase: String, files: &[File]) -> Result<Restored, Failure> {
    match link::ask_with_files(Request::RestoreBackup { passphrase }, files).await? {
        Response::Restored(restored) => Ok(restored),
        _ => Err(link::unexpected()),
    }
}
