//! Making the file and giving it away, part by part where it is several. The passphrase is kept
//! nowhere: it ends with the screen.

use crate::browser::share::{Shared, share_file};
use crate::browser::{dates, files};
use crate::i18n::{Key, t};
use crate::link;
use crate::state::State;
use crate::ui::failure_key;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::BackupStep;
use leptos::prelude::*;
use leptos::reactive::owner::LocalStorage;
use leptos::task::spawn_local;
use web_sys::File;

/// The fewest characters of a passphrase that is one long word.
const SHORTEST: usize = 12;
/// The fewest words of one that is made of words.
const FEWEST_WORDS: usize = 4;

/// The backup on this screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Making {
    pub(super) passphrase: RwSignal<String>,
    pub(super) again: RwSignal<String>,
    pub(super) is_shown: RwSignal<bool>,
    pub(super) is_making: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Key>>,
    /// How far it is.
    pub(super) step: RwSignal<BackupStep>,
    /// Where the browser holds the part that was made last.
    pub(super) made: RwSignal<Option<String>>,
    /// That part, for another app.
    file: StoredValue<Option<File>, LocalStorage>,
}

impl Making {
    pub(super) fn new() -> Self {
        let making = Self {
            passphrase: RwSignal::default(),
            again: RwSignal::default(),
            is_shown: RwSignal::new(false),
            is_making: RwSignal::new(false),
            trouble: RwSignal::new(None),
            step: RwSignal::default(),
            made: RwSignal::new(None),
            file: StoredValue::new_local(None),
        };
        on_cleanup(move || making.forget_part());
        making
    }

    /// Makes the first part, unless the passphrase would not keep it safe.
    pub(super) fn make(self, state: State) {
        let passphrase = self.passphrase.get_untracked();
        self.trouble
            .set(check(&passphrase, &self.again.get_untracked()));
        if self.trouble.with_untracked(Option::is_none) {
            self.ask(state, Request::Backup { passphrase });
        }
    }

    /// Makes the next part.
    pub(super) fn make_next(self, state: State) {
        self.ask(state, Request::ContinueBackup);
    }

    /// Makes what follows on this request, up to the end of a part.
    fn ask(self, state: State, request: Request) {
        if self.is_making.get_untracked() {
            return;
        }
        self.is_making.set(true);
        // Not tied to the screen: once a part is made it is saved, whoever went where.
        spawn_local(async move {
            if let Err(failure) = self.make_part(request).await {
                let word = match failure {
                    Failure::NoCircle => Key::BackupNothing,
                    failure => failure_key(&failure),
                };
                // Without the rest what was made is no backup.
                self.forget_part();
                let _ = self.trouble.try_set(Some(word));
            }
            let _ = self.is_making.try_set(false);
            // When it was made, and that more is safe now.
            state.note_change();
            state.read_circle().await;
        });
    }

    /// Gives the part to another app or person.
    pub(super) fn give(self, state: State) {
        let file = self.file.get_value();
        spawn_local(async move {
            let shared = match file {
                Some(file) => share_file(&file).await,
                None => Shared::Not,
            };
            if shared != Shared::ByThePhone {
                state.say(t(Key::BackupNotShared));
            }
        });
    }

    /// Saves the part once more.
    pub(super) fn save(self) {
        if let Some(address) = self.made.get_untracked() {
            files::save_file(&address, &file_name(self.step.get_untracked()));
        }
    }

    async fn make_part(self, mut request: Request) -> Result<(), Failure> {
        loop {
            let (answer, file) = link::ask_for_file(request).await;
            let Response::Backup(step) = answer? else {
                return Err(link::unexpected());
            };
            let _ = self.step.try_set(step);
            if step.is_part_done {
                let name = file_name(step);
                let file = files::file_of(&file, &name, files::UNKNOWN);
                let address = file.as_ref().and_then(files::address_of_file);
                let address = address.ok_or_else(link::unexpected)?;
                files::save_file(&address, &name);
                self.forget_part();
                let _ = self.file.try_set_value(file);
                let _ = self.made.try_set(Some(address));
                let is_kept = step.is_last;
                return match is_kept {
                    true => link::ask(Request::EndBackup { is_kept }).await.map(|_| ()),
                    false => Ok(()),
                };
            }
            // The person stopped it.
            if self.is_making.try_get_untracked() == Some(false) {
                let is_kept = false;
                return link::ask(Request::EndBackup { is_kept }).await.map(|_| ());
            }
            request = Request::ContinueBackup;
        }
    }

    fn forget_part(self) {
        if let Some(Some(address)) = self.made.try_get_untracked() {
            files::forget_address(&address);
            let _ = self.made.try_set(None);
        }
    }
}

/// What a part is called.
pub(super) fn file_name(step: BackupStep) -> String {
    let (year, month, day) = dates::today().to_civil();
    let part = match (step.part, step.is_last) {
        (1, true) => String::new(),
        (part, _) => format!("-part-{part}"),
    };
    format!("hearth-backup-{year}-{month:02}-{day:02}{part}.hearth")
}

fn check(passphrase: &str, again: &str) -> Option<Key> {
    let is_long = passphrase.trim().chars().count() >= SHORTEST;
    let has_words = passphrase.split_whitespace().count() >= FEWEST_WORDS;
    match (is_long || has_words, passphrase == again) {
        (false, _) => Some(Key::BackupWeak),
        (true, false) => Some(Key::BackupDiffer),
        (true, true) => None,
    }
}
