//! A change as the view keeps it.

use super::begin::BEGINS;
use super::{Name, Origin, clamped};
use crate::record::DELETED;
use hearth_protocol::sorted::gather;
use hearth_protocol::{Change, EntityId, Hlc, Value};

/// A change with where it came from. Whatever becomes of its words, it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptChange {
    /// Where it came from.
    pub origin: Origin,
    /// What sort of thing it calls the entity.
    pub kind: u64,
    /// When its author says it was saved.
    pub hlc: Hlc,
    /// The fields it sets, ascending: many changes are kept, and a list is a tenth of a map.
    pub patch: Box<[(u64, Value)]>,
    /// Written by the person whose phone this is.
    pub is_own: bool,
}

/// How changes follow one another where no author had seen the other: those without a row last.
pub(super) type Rank = (bool, Hlc, u64, Name);

impl KeptChange {
    pub(super) fn new(origin: &Origin, change: Change, is_own: bool) -> Self {
        Self {
            origin: origin.clone(),
            kind: change.kind,
            hlc: change.hlc,
            patch: change.patch.into_iter().collect(),
            is_own,
        }
    }

    /// The change as its author wrote it; `entity` is what it is of.
    #[must_use]
    pub fn to_change(&self, entity: EntityId) -> Change {
        Change {
            kind: self.kind,
            entity,
            hlc: self.hlc,
            patch: gather(self.patch.iter().cloned()),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> Name {
        self.origin.name
    }

    /// What it says of a field.
    #[must_use]
    pub fn value(&self, field: u64) -> Option<&Value> {
        let place = self.patch.binary_search_by_key(&field, |(field, _)| *field);
        place.ok().map(|place| &self.patch[place].1)
    }

    /// Its time as far as it is believed.
    #[must_use]
    pub fn time(&self) -> Hlc {
        clamped(self.hlc, self.origin.placed)
    }

    pub(super) fn rank(&self) -> Rank {
        let seq = self.origin.placed.map_or(u64::MAX, |placed| placed.seq);
        let is_unplaced = self.origin.placed.is_none();
        (is_unplaced, self.time(), seq, self.name())
    }

    /// Whether it says of itself that the entity begins with it.
    pub(super) fn is_begin(&self) -> bool {
        self.value(BEGINS) == Some(&Value::Bool(true))
    }

    /// Whether it deletes and says nothing else, so that nobody loses a word by not seeing it.
    pub(super) fn is_only_delete(&self) -> bool {
        matches!(&self.patch[..], [(DELETED, value)] if *value != Value::Null)
    }
}
