//! Notes that are being written. They outlive the screen, not the app.

use super::State;
use hearth_core::EntityId;
use leptos::prelude::*;

impl State {
    /// What is typed so far for that record.
    pub(crate) fn note_of(self, record: EntityId) -> String {
        self.notes.with(|notes| {
            let found = notes.iter().find(|(of, _)| *of == record);
            found.map(|(_, words)| words.clone()).unwrap_or_default()
        })
    }

    /// Keeps what is typed; nothing of a note without words.
    pub(crate) fn keep_note(self, record: EntityId, words: String) {
        self.notes.update(|notes| {
            notes.retain(|(of, _)| *of != record);
            if !words.is_empty() {
                notes.push((record, words));
            }
        });
    }
}
