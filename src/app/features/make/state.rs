//! One draft while it is written: every change goes to the journal at once.

use crate::browser::{dates, files, hearth, page};
use crate::i18n::{Key, t};
use crate::link;
use crate::route::Route;
use crate::state::{State, record_address};
use hearth_core::circle::Whereabouts;
use hearth_core::draft::{Draft, DraftPatch};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::photo::Photo;
use hearth_core::record::{Record, RecordKind, WORDS};
use hearth_core::{Day, EntityId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::File;

/// The id of the panel that says why it was not saved.
pub(super) const TROUBLE: &str = "trouble";

/// How long a save takes before the button says so. Drawing that takes as long as most saves.
const SLOW: Duration = Duration::from_millis(200);

/// A draft on the screen. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) draft: EntityId,
    pub(super) kind: RecordKind,
    pub(super) patch: RwSignal<DraftPatch>,
    pub(super) photos: RwSignal<Vec<Photo>>,
    /// Photos that are being made ready.
    pub(super) adding: RwSignal<usize>,
    pub(super) photo_trouble: RwSignal<Option<Key>>,
    pub(super) trouble: RwSignal<Option<Failure>>,
    /// A second press changes nothing.
    is_saving: RwSignal<bool>,
    /// It takes so long that the button says so.
    pub(super) is_slow: RwSignal<bool>,
    pub(super) state: State,
}

/// Opens the draft that a screen asks for.
///
/// # Errors
/// The worker's.
pub(super) async fn open(request: Request) -> Result<Draft, Failure> {
    match link::ask(request).await? {
        Response::Draft(draft) => Ok(*draft),
        _ => Err(link::unexpected()),
    }
}

impl Writing {
    /// Takes a draft onto the screen whose owner calls this.
    pub(super) fn new(state: State, draft: Draft) -> Self {
        Self {
            draft: draft.id,
            kind: draft.kind,
            patch: RwSignal::new(DraftPatch {
                child: draft.child,
                day: draft.day,
                fields: draft.fields,
            }),
            photos: RwSignal::new(draft.photos),
            adding: RwSignal::new(0),
            photo_trouble: RwSignal::new(None),
            trouble: RwSignal::new(None),
            is_saving: RwSignal::new(false),
            is_slow: RwSignal::new(false),
            state,
        }
    }

    /// What is answered there now.
    pub(super) fn answer(self, field: u64) -> Signal<String> {
        Signal::derive(move || {
            self.patch
                .with(|patch| patch.fields.get(&field).cloned().unwrap_or_default())
        })
    }

    pub(super) fn set_answer(self, field: u64, text: String) {
        self.change(|patch| {
            patch.fields.insert(field, text);
        });
    }

    pub(super) fn set_child(self, child: Option<EntityId>) {
        self.change(|patch| patch.child = child);
    }

    pub(super) fn set_day(self, day: Option<Day>) {
        self.change(|patch| patch.day = day);
    }

    /// The record it would become, for paper and the share screen.
    pub(super) fn record(self) -> Signal<Record> {
        Signal::derive(move || self.as_record())
    }

    fn as_record(self) -> Record {
        let patch = self.patch.get();
        let now = dates::now();
        Record {
            id: self.draft,
            kind: self.kind,
            child: patch.child,
            day: patch.day,
            written: now,
            changed: now,
            deleted: None,
            fields: patch.fields,
            photos: self.photos.get(),
            is_mine: true,
            by: String::new(),
            notes: Vec::new(),
            conflicts: Vec::new(),
            rewritten: Vec::new(),
            whereabouts: Whereabouts::OnThisPhone,
            readers: Vec::new(),
        }
    }

    fn change(self, change: impl FnOnce(&mut DraftPatch)) {
        self.patch.update(change);
        self.end_trouble();
        self.keep();
    }

    fn keep(self) {
        if let Some(patch) = self.patch.try_get_untracked() {
            self.state.journal.keep(self.draft, self.kind, patch);
        }
    }

    /// Adds photos one after another; the first that cannot be kept says why.
    pub(super) fn add_photos(self, files: Vec<File>) {
        self.photo_trouble.set(None);
        self.end_trouble();
        self.adding.update(|count| *count += files.len());
        // A draft that begins with a photo is about the child and day on the screen.
        self.keep();
        spawn_local(async move {
            for file in files {
                let request = Request::AddPhoto {
                    draft: self.draft,
                    kind: self.kind,
                };
                let answer = link::ask_with_files(request, &[file]).await;
                self.take_photos(answer);
                let _ = self.adding.try_update(|count| *count -= 1);
            }
        });
    }

    /// Takes in what another app shared.
    pub(super) fn take_shared(self) {
        spawn_local(async move {
            let shared = files::take_shared().await;
            // The screen may be gone by now: then its other app still has it.
            if self.adding.is_disposed() {
                return;
            }
            let Some((words, files)) = shared else {
                return self.photo_trouble.set(Some(Key::ShareLost));
            };
            if !words.is_empty() {
                self.set_answer(WORDS, words);
            }
            if !files.is_empty() {
                self.add_photos(files);
            }
        });
    }

    pub(super) fn remove_photo(self, photo: EntityId) {
        let before = self.photos.get_untracked();
        spawn_local(async move {
            let answer = link::ask(Request::RemovePhoto {
                draft: self.draft,
                photo,
            })
            .await;
            let is_removed = answer.is_ok();
            self.take_photos(answer);
            if is_removed {
                let undo = move || self.put_photos_back(before.clone());
                self.state.say_with_undo(t(Key::PhotoRemoved), undo);
            }
        });
    }

    /// The blob of a removed photo stays as long as this run, so the draft takes it back whole.
    fn put_photos_back(self, photos: Vec<Photo>) {
        spawn_local(async move {
            self.state.journal.settle(None).await;
            let Some(draft) = self.whole(photos.clone()) else {
                return;
            };
            match link::ask(Request::PutBack(draft)).await {
                Ok(_) => drop(self.photos.try_set(photos)),
                Err(failure) => drop(self.photo_trouble.try_set(Some(photo_words(&failure)))),
            }
        });
    }

    fn whole(self, photos: Vec<Photo>) -> Option<Draft> {
        let patch = self.patch.try_get_untracked()?;
        let now = dates::now();
        Some(Draft {
            id: self.draft,
            kind: self.kind,
            is_edit: self.state.place.here_now().route.is_edit(),
            started: now,
            kept: now,
            child: patch.child,
            day: patch.day,
            fields: patch.fields,
            photos,
        })
    }

    pub(super) fn set_caption(self, photo: EntityId, caption: String) {
        let mine = caption.clone();
        let _ = self.photos.try_update(|photos| {
            if let Some(found) = photos.iter_mut().find(|kept| kept.id == photo) {
                found.caption = mine;
            }
        });
        self.state.journal.keep_caption(self.draft, photo, caption);
    }

    fn take_photos(self, answer: Result<Response, Failure>) {
        match answer {
            Ok(Response::Draft(draft)) => {
                // Captions typed meanwhile are on their way; those on the screen are the latest.
                let _ = self.photos.try_update(|shown| {
                    let captions = std::mem::replace(shown, draft.photos);
                    for old in captions {
                        if let Some(photo) = shown.iter_mut().find(|photo| photo.id == old.id) {
                            photo.caption = old.caption;
                        }
                    }
                });
            }
            Ok(_) => {}
            Err(failure) => drop(self.photo_trouble.try_set(Some(photo_words(&failure)))),
        }
    }

    /// Saves, and says so only after the worker did.
    pub(super) fn save(self) {
        if self.is_saving.get_untracked() {
            return;
        }
        let patch = self.patch.get_untracked();
        if !has_content(&patch, &self.photos.get_untracked()) {
            return self.say_trouble(Failure::Empty);
        }
        self.end_trouble();
        self.is_saving.set(true);
        set_timeout(move || self.say_slow(), SLOW);
        spawn_local(async move {
            self.state.journal.settle(Some(self.draft)).await;
            let request = Request::Save {
                draft: self.draft,
                kind: self.kind,
                patch,
            };
            match link::ask(request).await {
                Ok(Response::Saved(record)) => self.end_saved(&record),
                Ok(_) => self.end_unsaved(link::unexpected()),
                Err(failure) => self.end_unsaved(failure),
            }
        });
    }

    fn end_saved(self, record: &Record) {
        // Committed and read back: the bench holds this moment against the press.
        hearth::mark("hearth-saved");
        self.state.journal.forget(self.draft);
        self.state.saved.set(Some(record.clone()));
        // The screen first: what else there is to read can wait behind it.
        if self.is_saving.try_set(false).is_none() {
            let address = record_address(Route::Saved, record.id);
            self.state.place.go_instead(&address);
        } else {
            self.state.say(t(Key::SavedTitle));
        }
        spawn_local(async move {
            hearth::rest().await;
            self.state.note_change();
            self.state.hold_on();
            self.state.read_drafts().await;
        });
    }

    fn say_slow(self) {
        if self.is_saving.try_get_untracked() == Some(true) {
            self.is_slow.set(true);
        }
    }

    fn end_unsaved(self, failure: Failure) {
        let _ = self.is_saving.try_set(false);
        let _ = self.is_slow.try_set(false);
        // The words were not sent twice: the journal takes them again.
        self.keep();
        self.say_trouble(failure);
    }

    /// What is not there is not drawn anew at each letter.
    fn end_trouble(self) {
        if self.trouble.with_untracked(Option::is_some) {
            self.trouble.set(None);
        }
    }

    fn say_trouble(self, failure: Failure) {
        if self.trouble.try_set(Some(failure)).is_none() {
            page::focus(TROUBLE);
        }
    }

    /// Throws the draft away, with a way back.
    pub(super) fn throw_away(self) {
        spawn_local(async move {
            self.state.journal.settle(Some(self.draft)).await;
            self.state.journal.forget(self.draft);
            self.state.place.go_instead(Route::Home.address());
            throw_away(self.state, self.draft).await;
        });
    }
}

/// Throws a draft away, with a way back.
pub(super) async fn throw_away(state: State, draft: EntityId) {
    // One that was never kept is gone by not being kept.
    if let Ok(Response::Draft(draft)) = link::ask(Request::Discard(draft)).await {
        let undo = move || {
            let draft = (*draft).clone();
            spawn_local(async move {
                if let Err(failure) = link::ask(Request::PutBack(draft)).await {
                    state.say(crate::ui::failure_words(&failure));
                }
                state.read_drafts().await;
            });
        };
        state.say_with_undo(t(Key::FormThrownAway), undo);
    }
    state.read_drafts().await;
}

fn has_content(patch: &DraftPatch, photos: &[Photo]) -> bool {
    !photos.is_empty() || patch.fields.values().any(|text| !text.trim().is_empty())
}

fn photo_words(failure: &Failure) -> Key {
    match failure {
        Failure::UnreadablePhoto(_) => Key::PhotoUnreadable,
        Failure::Video => Key::PhotoVideo,
        Failure::Full => Key::PhotoFull,
        _ => Key::PhotoFailed,
    }
}
