//! A draft: what is being told now, kept as it is typed and offered again after anything.

mod format;
pub mod journal;

use crate::Day;
use crate::photo::Photo;
use crate::record::{Record, RecordKind};
use hearth_protocol::SortedMap;
use hearth_protocol::{EntityId, Millis};
use serde::{Deserialize, Serialize};

pub use format::DraftError;

/// What a person has typed, chosen and added, before they save it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The entity it will become, or edits.
    pub id: EntityId,
    /// Story, feedback or achievement.
    pub kind: RecordKind,
    /// Whether it edits a record that is saved already.
    pub is_edit: bool,
    /// When it was begun, in milliseconds since 1970.
    pub started: Millis,
    /// When it was last kept, in milliseconds since 1970.
    pub kept: Millis,
    /// The child it is about.
    pub child: Option<EntityId>,
    /// When it happened.
    pub day: Option<Day>,
    /// Words and codes by field number; an empty text is no answer.
    pub fields: SortedMap<u64, String>,
    /// In the order they were added.
    pub photos: Vec<Photo>,
}

/// What the page changes in a draft. Photos are added and taken away by requests of their own,
/// so a slow photo and fast typing cannot overwrite each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPatch {
    /// The child it is about.
    pub child: Option<EntityId>,
    /// When it happened.
    pub day: Option<Day>,
    /// All its words and codes.
    pub fields: SortedMap<u64, String>,
}

impl Draft {
    /// A new one, about the child chosen last.
    #[must_use]
    pub fn new(
        id: EntityId,
        kind: RecordKind,
        now: Millis,
        child: Option<EntityId>,
        day: Day,
    ) -> Self {
        Self {
            id,
            kind,
            is_edit: false,
            started: now,
            kept: now,
            child,
            day: Some(day),
            fields: SortedMap::new(),
            photos: Vec::new(),
        }
    }

    /// One that edits a saved record.
    #[must_use]
    pub fn edit(record: &Record, now: Millis) -> Self {
        Self {
            id: record.id,
            kind: record.kind,
            is_edit: true,
            started: now,
            kept: now,
            child: record.child,
            day: record.day,
            fields: record.fields.clone(),
            photos: record.photos.clone(),
        }
    }

    /// Takes over what the page sent.
    pub fn apply(&mut self, patch: DraftPatch, now: Millis) {
        self.child = patch.child;
        self.day = patch.day;
        self.fields = patch.fields;
        self.kept = now;
    }

    /// Whether anybody told anything: any one answer or photo is enough to save.
    #[must_use]
    pub fn has_content(&self) -> bool {
        !self.photos.is_empty() || self.fields.values().any(|text| !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests;
