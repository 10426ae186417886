//! Reading one record, sharing it, putting it in the bin and back.

use super::sheet::{sheet_photos, sheet_text};
use crate::browser::share::{Shared, share};
use crate::browser::{files, page};
use crate::i18n::{Key, choice_of, t, word_of};
use crate::link;
use crate::route::Route;
use crate::state::State;
use crate::ui::{failure_key, failure_words, look_of};
use hearth_core::EntityId;
use hearth_core::handout::Sheet;
use hearth_core::messages::{Failure, Request};
use hearth_core::record::{FieldSpec, Input, Record, RecordKind};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};
use web_sys::File;

/// A record as it was last read; nothing until it was.
pub(crate) type Found = RwSignal<Option<Result<Record, Failure>>>;

/// The record as it is now, read again whenever records change.
pub(crate) fn load(id: EntityId) -> Found {
    let state = State::get();
    let saved = state.saved.get_untracked();
    let found = RwSignal::new(saved.filter(|record| record.id == id).map(Ok));
    Effect::new(move |_| {
        state.changes.track();
        spawn_local_scoped_with_cancellation(async move {
            let read = Some(state.read_record(id).await);
            // The same record is not drawn anew: somebody may be reading it.
            if found.get_untracked() != read {
                found.set(read);
            }
        });
    });
    found
}

/// Puts it in the bin, with a way back.
pub(super) fn delete(state: State, id: EntityId) {
    spawn_local(async move {
        match link::ask(Request::Delete(id)).await {
            Ok(_) => {
                state.note_change();
                state.place.go_instead(Route::Ours.address());
                state.say_with_undo(t(Key::ItemDeleted), move || restore(state, id));
            }
            Err(failure) => state.say(failure_words(&failure)),
        }
    });
}

/// Takes it out of the bin.
pub(super) fn restore(state: State, id: EntityId) {
    spawn_local(async move {
        match link::ask(Request::Restore(id)).await {
            Ok(_) => {
                state.note_change();
                state.say(t(Key::BinIsBack));
            }
            Err(failure) => state.say(failure_words(&failure)),
        }
    });
}

/// Of several versions of a field, keeps these words; of an earlier one, brings them back.
pub(super) fn settle(state: State, of: EntityId, field: u64, words: String) {
    spawn_local(async move {
        let request = Request::Settle { of, field, words };
        match link::ask(request).await {
            Ok(_) => {
                state.note_change();
                state.say(t(Key::ConflictSettled));
                page::focus_heading();
            }
            Err(failure) => state.say(failure_words(&failure)),
        }
    });
}

/// Adds what was typed. Until the worker has it, it stays in its box.
pub(super) fn add_note(state: State, record: EntityId, trouble: RwSignal<Option<Key>>) {
    let words = state.note_of(record);
    trouble.set(None);
    spawn_local(async move {
        match link::ask(Request::AddNote { record, words }).await {
            Ok(_) => {
                state.keep_note(record, String::new());
                state.note_change();
                state.say(t(Key::NoteAdded));
            }
            Err(Failure::Empty) => drop(trouble.try_set(Some(Key::NoteEmpty))),
            Err(failure) => drop(trouble.try_set(Some(failure_key(&failure)))),
        }
    });
}

/// Gives it out of the app, as words and photos.
pub(super) fn give(state: State, record: Record) {
    spawn_local(async move {
        let photos = read_photos(state, &record).await;
        match share(t(look_of(record.kind).name), &text_of(&record), &photos).await {
            Shared::ByThePhone => {}
            Shared::Copied => state.say(t(Key::ItemCopied)),
            Shared::Not => state.say(t(Key::ItemShareFailed)),
        }
    });
}

async fn read_photos(state: State, record: &Record) -> Vec<File> {
    let blobs = match record.kind {
        RecordKind::Handout => sheet_photos(record),
        _ => record.photos.iter().map(|photo| photo.blob).collect(),
    };
    let mut files = Vec::with_capacity(blobs.len());
    for (at, blob) in blobs.into_iter().enumerate() {
        let name = format!("{}-{}.jpg", record.kind.name(), at + 1);
        let jpeg = state.read_blob(blob).await;
        files.extend(
            jpeg.ok()
                .and_then(|jpeg| files::file_of(&Uint8Array::from(&*jpeg), &name, files::JPEG)),
        );
    }
    files
}

fn text_of(record: &Record) -> String {
    if record.kind == RecordKind::Handout {
        return sheet_text(record);
    }
    let mut lines = Vec::new();
    for (label, answer) in answers(record) {
        lines.push([&label, "\n", &answer].concat());
    }
    let captions = record.photos.iter().map(|photo| photo.caption.clone());
    lines.extend(captions.filter(|caption| !caption.is_empty()));
    lines.join("\n\n")
}

/// Every answer with its question, in the order of the screen; those of a newer build after them.
pub(crate) fn answers(record: &Record) -> Vec<(String, String)> {
    let specs = record.kind.fields();
    let known = specs.iter().filter_map(|spec| {
        let answer = record
            .fields
            .get(&spec.field)
            .filter(|text| !text.is_empty())?;
        Some((word_of(spec.name).to_owned(), in_words(Some(spec), answer)))
    });
    let newer = record
        .fields
        .iter()
        .filter(|(field, _)| specs.iter().all(|spec| spec.field != **field))
        .map(|(_, answer)| (t(Key::ItemNewer).to_owned(), answer.clone()));
    known.chain(newer).collect()
}

/// An answer as a person reads it; an emptied one, too.
pub(super) fn in_words(spec: Option<&FieldSpec>, answer: &str) -> String {
    match (answer, spec.map(|spec| (spec.input, spec.name))) {
        ("", _) => t(Key::ConflictNothing).to_owned(),
        (code, Some((Input::Choice(_) | Input::Faces(_), name))) => choice_of(name, code),
        (sheet, Some((Input::Sheet, _))) => Sheet::read(sheet).text(),
        (words, _) => words.to_owned(),
    }
}

/// What a field is called; one of a newer build has no name here.
pub(super) fn label_of(spec: Option<&FieldSpec>) -> &'static str {
    spec.map_or(t(Key::ItemNewer), |spec| word_of(spec.name))
}
