//! Making the file and giving it away. The passphrase is kept nowhere: it ends with the screen.

use crate::browser::share::{Shared, share_file};
use crate::browser::{dates, files};
use crate::i18n::{Key, t};
use crate::link;
use crate::state::State;
use hearth_core::messages::{Failure, Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The fewest characters of a passphrase that is one long word.
const SHORTEST: usize = 12;
/// The fewest words of one that is made of words.
const FEWEST_WORDS: usize = 4;

/// Why there is no file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Weak,
    /// The two are not the same.
    Differ,
    Failed(Failure),
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) name: String,
    /// Where the browser holds its bytes, for a link that saves them.
    pub(super) address: String,
    pub(super) bytes: Vec<u8>,
}

/// The backup on this screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Making {
    pub(super) passphrase: RwSignal<String>,
    pub(super) again: RwSignal<String>,
    pub(super) is_shown: RwSignal<bool>,
    pub(super) is_making: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) made: RwSignal<Option<Made>>,
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
        };
        on_cleanup(move || {
            if let Some(Some(made)) = making.made.try_get_untracked() {
                files::forget_address(&made.address);
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
                Ok(made) => {
                    save(&made);
                    let _ = self.made.try_set(Some(made));
                }
                Err(Failure::WeakPassphrase) => drop(self.trouble.try_set(Some(Trouble::Weak))),
                Err(failure) => drop(self.trouble.try_set(Some(Trouble::Failed(failure)))),
            }
            let _ = self.is_making.try_set(false);
            // When it was made, and that more is safe now.
            state.note_change();
            state.read_circle().await;
        });
    }
}

/// Saves the file once more.
pub(super) fn save(made: &Made) {
    files::save_file(&made.address, &made.name);
}

/// Gives the file to another app or person.
pub(super) fn give(state: State, made: &Made) {
    let file = files::file_of(&made.bytes, &made.name, files::UNKNOWN);
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

fn check(passphrase: &str, again: &str) -> Option<Trouble> {
    let is_long = passphrase.trim().chars().count() >= SHORTEST;
    let has_words = passphrase.split_whitespace().count() >= FEWEST_WORDS;
    match (is_long || has_words, passphrase == again) {
        (false, _) => Some(Trouble::Weak),
        (true, false) => Some(Trouble::Differ),
        (true, true) => None,
    }
}

async fn make_file(passphrase: String) -> Result<Made, Failure> {
    let Response::Bytes(bytes) = link::ask(Request::Backup { passphrase }).await? else {
        return Err(link::unexpected());
    };
    let (year, month, day) = dates::today().to_civil();
    let address = files::address_of(&bytes, files::UNKNOWN)
        .ok_or_else(|| Failure::Refused("the browser holds no file".into()))?;
    Ok(Made {
        name: format!("hearth-backup-{year}-{month:02}-{day:02}.hearth"),
        address,
        bytes,
    })
}
