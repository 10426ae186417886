//! A note: what somebody adds to a record that another person told.

use hearth_protocol::{EntityId, Millis};
use serde::{Deserialize, Serialize};

/// The change kind of a note.
pub const KIND: u64 = 6;
/// Field 1: the record it belongs to.
pub const OF: u64 = 1;
/// Field 4: its words.
pub const WORDS: u64 = 4;

/// Words of somebody as a person reads them: a note, or one version of a field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which note; of a version, what it is of: the record, or one of its photos.
    pub id: EntityId,
    /// Of which field of it.
    pub field: u64,
    /// What it says. A day is written as its number, a child as its id; nothing where it was
    /// emptied.
    pub words: String,
    /// Who wrote it; empty where nobody said their name.
    pub by: String,
    /// Whether it is this phone's person's.
    pub is_mine: bool,
    /// When it was written, in milliseconds since 1970.
    pub written: Millis,
}
