//! Making the file and giving it away. The passphrase is kept nowhere: it ends with the screen.

use crate::browser::share::{Shared, share_file};
use crate::browser::{dates, files};
use crate::i18n::{Key, t};
use crate::link;
use crate::state::State;
use crate::ui::failure_key;
use hearth_core::messages::{Failure, Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    /// Where the browser holds the file, once there is one.
    pub(super) made: RwSignal<Option<String>>,
    /// Its bytes, for another app.
    bytes: StoredValue<Vec<u8>>,
}

impl Making {
    pub(super) fn new() -> Self {
        let making = Self {
            passphrase: RwSignal::default(),
            again: RwSignal::default(),
            is_shown: RwSignal::new(false),
            is_making: RwSignal::new(false),
            trouble: RwSignal::new(None),
            made: RwSignal::new(None),
            bytes: StoredValue::default(),
        };
        on_cleanup(move || {
            if let Some(Some(address)) = making.made.try_get_untracked() {
                files::forget_address(&address);
            }
        });
        making
    }

    /// Makes the file, unless the passphrase would not keep it safe.
    pub(super) fn make(self, state: State) {
        let passphrase = self.passphrase.get_untracked();
        self.trouble
            .set(check(&passphrase, &self.again.get_untracked()));
        if self.trouble.with_untracked(Option::is_some) || self.is_making.get_untracked() {
            return;
        }
        self.is_making.set(true);
        // Not tied to the screen: once the file is made it is saved, whoever went where.
        spawn_local(async move {
            match make_file(passphrase).await {
                Ok((address, bytes)) => {
                    save(&address);
                    self.bytes.set_value(bytes);
                    let _ = self.made.try_set(Some(address));
                }
                Err(Failure::NoCircle) => drop(self.trouble.try_set(Some(Key::BackupNothing))),
                Err(failure) => drop(self.trouble.try_set(Some(failure_key(&failure)))),
            }
            let _ = self.is_making.try_set(false);
            // When it was made, and that more is safe now.
            state.note_change();
            state.read_circle().await;
        });
    }

    /// Gives the file to another app or person.
    pub(super) fn give(self, state: State) {
        let file = self
            .bytes
            .with_value(|bytes| files::file_of(bytes, &file_name(), files::UNKNOWN));
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
}

/// What the file is called.
pub(super) fn file_name() -> String {
    let (year, month, day) = dates::today().to_civil();
    format!("hearth-backup-{year}-{month:02}-{day:02}.hearth")
}

/// Saves the file once more.
pub(super) fn save(address: &str) {
    files::save_file(address, &file_name());
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

/// The file's address, and its bytes.
async fn make_file(passphrase: String) -> Result<(String, Vec<u8>), Failure> {
    let Response::Bytes(bytes) = link::ask(Request::Backup { passphrase }).await? else {
        return Err(link::unexpected());
    };
    let address = files::address_of(&bytes, files::UNKNOWN)
        .ok_or_else(|| Failure::Refused("the browser holds no file".into()))?;
    Ok((address, bytes))
}
