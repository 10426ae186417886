//! A note: what somebody adds to a record that another person told.

use hearth_protocol::{EntityId, Millis};
use serde::{Deserialize, Serialize};

/// The change kind of a note.
pub const KIND: u64 = 6;
/// Field 1: the record it belongs to.
pub const OF: u64 = 1;
/// Field 4: its words.
pub const WORDS: u64 = 4;

/// A note as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which.
    pub id: EntityId,
    /// Its words.
    pub words: String,
    /// Who wrote it; empty where nobody said their name.
    pub by: String,
    /// Whether it is this phone's person's.
    pub is_mine: bool,
    /// When it was written, in milliseconds since 1970.
    pub written: Millis,
}
