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
use wasm_bindgen::JsValue;
use web_sys::File;

/// The fewest characters of a passphrase that is one long word.
const SHORTEST: usize = 12;
/// The fewest words of one that is made of words.
const FEWEST_WORDS: usize = 4;

/// The backup on this screen, or the copy that anyone can read. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Making {
    pub(super) passphrase: RwSignal<String>,
    pub(super) again: RwSignal<String>,
    pub(super) is_shown: RwSignal<bool>,
    pub(super) is_making: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Key>>,
    /// Of a hundred, how much is made, in tens: whoever listens is not told a hundred times.
    pub(super) percent: RwSignal<String>,
    /// Where the browser holds the part that was made last.
    pub(super) made: RwSignal<Option<String>>,
    /// Its number, and nothing where it is the last one.
    pub(super) part: RwSignal<Option<String>>,
    /// That part alone, for another app.
    files: StoredValue<Vec<File>, LocalStorage>,
}

impl Making {
    pub(super) fn new() -> Self {
        let making = Self {
            passphrase: RwSignal::default(),
            again: RwSignal::default(),
            is_shown: RwSignal::new(false),
            is_making: RwSignal::new(false),
            trouble: RwSignal::new(None),
            percent: RwSignal::default(),
            made: RwSignal::new(None),
            part: RwSignal::new(None),
            files: StoredValue::new_local(Vec::new()),
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
        let file = self.files.get_value().pop();
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

    /// What the part is called.
    pub(super) fn name(self) -> String {
        let files = self.files.get_value();
        files.first().map(|file| file.name()).unwrap_or_default()
    }

    /// Saves the part once more.
    pub(super) fn save(self) {
        if let Some(address) = self.made.get_untracked() {
            files::save_file(&address, &self.name());
        }
    }

    async fn make_part(self, mut request: Request) -> Result<(), Failure> {
        loop {
            let (answer, file) = link::ask_for_file(request).await;
            let step = match answer? {
                Response::Backup(step) => step,
                Response::Done => return Ok(()),
                _ => return Err(link::unexpected()),
            };
            if step.is_part_done {
                self.take_part(step, &file).ok_or_else(link::unexpected)?;
            }
            let percent = step.percent / 10 * 10;
            let _ = self.percent.try_set(percent.to_string());
            let is_stopped = self.is_making.try_get_untracked() == Some(false);
            request = match (step.is_part_done, step.is_last) {
                (true, true) => Request::EndBackup { is_kept: true },
                (true, false) => return Ok(()),
                _ if is_stopped => Request::EndBackup { is_kept: false },
                _ => Request::ContinueBackup,
            };
        }
    }

    /// Saves a part that is done, in the place of the one before.
    fn take_part(self, step: BackupStep, content: &JsValue) -> Option<()> {
        let part = (!step.is_last).then(|| step.part.to_string());
        let file = files::file_of(content, &file_name(step), files::UNKNOWN)?;
        let _ = self.part.try_set(part);
        self.take_file(file)
    }

    /// Saves a file, in the place of the one before.
    pub(super) fn take_file(self, file: File) -> Option<()> {
        let address = files::address_of_file(&file)?;
        files::save_file(&address, &file.name());
        self.forget_part();
        let _ = self.files.try_set_value(vec![file]);
        let _ = self.made.try_set(Some(address));
        Some(())
    }

    fn forget_part(self) {
        if let Some(Some(address)) = self.made.try_get_untracked() {
            files::forget_address(&address);
            let _ = self.made.try_set(None);
        }
    }
}

/// What a part is called.
fn file_name(step: BackupStep) -> String {
    let (year, month, day) = dates::today().to_civil();
    let part = match (step.part, step.is_last) {
        (1, true) => String::new(),
        (part, _) => ["-part-", &part.to_string()].concat(),
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
