//! What did not open of a backup, told by kind: each part counts its rows, so that it can be
//! checked alone.

use crate::backup::{Index, Row};
use crate::ports::Table;
use hearth_protocol::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::AddAssign;

/// Rows that were in a backup and did not open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Frames, changes and drafts: what was told.
    pub words: usize,
    /// Files of photos; each photo has two.
    pub photos: usize,
    /// Whatever else. Where a part lost its count, so many places at least.
    pub other: usize,
}

impl Damage {
    /// Of every kind.
    #[must_use]
    pub fn total(&self) -> usize {
        self.words + self.photos + self.other
    }

    /// Whether frames may be among them.
    pub(super) fn may_be_words(&self) -> bool {
        self.words + self.other > 0
    }
}

impl AddAssign for Damage {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.photos += other.photos;
        self.other += other.other;
    }
}

impl Sum for Damage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// What came out of one part.
#[derive(Default)]
pub(super) struct Tally {
    /// The last index that opened.
    pub(super) index: Option<Index>,
    /// Chunks that did not open, and one more where the file was cut off.
    pub(super) closed: usize,
    counts: SortedMap<String, u64>,
    /// The circle's rows stand twice and count once.
    circle: SortedSet<Vec<u8>>,
}

impl Tally {
    pub(super) fn take(&mut self, row: &Row) {
        if row.table == Table::Circles.name() {
            self.circle.insert(row.key.clone());
        } else {
            *self.counts.entry(row.table.clone()).or_default() += 1;
        }
    }

    /// Whether this is the last part of its backup; nothing where its end does not open.
    pub(super) fn is_last_part(&self) -> Option<bool> {
        self.whole_index().map(|index| index.parts.is_some())
    }

    pub(super) fn damage(&self) -> Damage {
        let Some(index) = self.whole_index() else {
            return Damage {
                other: self.closed.max(1),
                ..Damage::default()
            };
        };
        let lost = |(name, made): (&String, &u64)| self.damage_of(name, *made);
        index.counts.iter().map(lost).sum()
    }

    fn damage_of(&self, name: &str, made: u64) -> Damage {
        let came = match name == Table::Circles.name() {
            true => self.circle.len() as u64,
            false => self.counts.get(name).copied().unwrap_or(0),
        };
        let lost = usize::try_from(made.saturating_sub(came)).unwrap_or(usize::MAX);
        let is = |tables: &[Table]| tables.iter().any(|table| table.name() == name);
        let mut damage = Damage::default();
        if is(&[Table::Blobs]) {
            damage.photos = lost;
        } else if is(&[Table::Frames, Table::Changes, Table::Drafts]) {
            damage.words = lost;
        } else {
            damage.other = lost;
        }
        damage
    }

    /// The first index of a part cannot count yet what will be in it.
    fn whole_index(&self) -> Option<&Index> {
        self.index.as_ref().filter(|index| !index.counts.is_empty())
    }
}
