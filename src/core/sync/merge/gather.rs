//! How an entity takes changes in and lets them go. Each step costs what its own changes cost.

use super::begin::{Begin, Proof};
use super::{Entity, KeptChange, Name, Placed, Rule};

impl Entity {
    /// Begins to gather with one change.
    pub(super) fn gather(change: KeptChange, rule: fn(u64) -> Rule) -> Option<Self> {
        let changes = vec![change];
        let begin = Begin::find(&changes, rule)?;
        Some(Self { changes, begin })
    }

    /// Whether the change it begins with is here.
    pub(super) fn is_begun(&self) -> bool {
        self.begin.proof != Proof::Missing
    }

    /// Takes a change in. One that is here already takes the newer origin; a row once known is
    /// never unlearnt.
    pub(super) fn keep(&mut self, mut change: KeptChange, rule: fn(u64) -> Rule) {
        let is_settled = self.begin.proof == Proof::Marked && !change.is_begin();
        match self.place_of(change.name()) {
            Ok(place) => {
                let old = &mut self.changes[place];
                change.origin.placed = change.origin.placed.or(old.origin.placed);
                *old = change;
                self.begin_again(rule);
            }
            Err(place) => {
                self.changes.insert(place, change);
                if !is_settled {
                    self.begin_again(rule);
                }
            }
        }
    }

    /// A change has another name now, and is there once.
    pub(super) fn rename(&mut self, old: Name, change: KeptChange, rule: fn(u64) -> Rule) {
        if let Ok(place) = self.place_of(old) {
            self.changes.remove(place);
        }
        if let Err(place) = self.place_of(change.name()) {
            self.changes.insert(place, change);
        }
        self.begin_again(rule);
    }

    /// Gives a change its row.
    pub(super) fn place(&mut self, name: Name, placed: Placed, rule: fn(u64) -> Rule) {
        if let Ok(place) = self.place_of(name) {
            self.changes[place].origin.placed = Some(placed);
            self.begin_again(rule);
        }
    }

    /// Lets a change go. Whether any is left.
    pub(super) fn forget(&mut self, name: Name, rule: fn(u64) -> Rule) -> bool {
        if let Ok(place) = self.place_of(name) {
            self.changes.remove(place);
            self.begin_again(rule);
        }
        !self.changes.is_empty()
    }

    /// Learns which changes are our own.
    pub(super) fn claim(&mut self, is_own: impl Fn(&KeptChange) -> bool, rule: fn(u64) -> Rule) {
        for change in &mut self.changes {
            change.is_own = is_own(change);
        }
        self.begin_again(rule);
    }

    fn begin_again(&mut self, rule: fn(u64) -> Rule) {
        if let Some(begin) = Begin::find(&self.changes, rule) {
            self.begin = begin;
        }
    }

    /// The change of this name, if it is here.
    pub(super) fn find(&self, name: Name) -> Option<&KeptChange> {
        let place = self.place_of(name).ok()?;
        self.changes.get(place)
    }

    fn place_of(&self, name: Name) -> Result<usize, usize> {
        self.changes.binary_search_by_key(&name, KeptChange::name)
    }
}
