//! With which change an entity begins: it decides what it is and whose changes count.

use super::{KeptChange, Name, has_seen};
use hearth_protocol::change::ERASED_KIND;
use hearth_protocol::{Hlc, PersonId};

/// The field of a change that begins its entity: there it is `true`.
pub const BEGINS: u64 = 0;

/// Whose changes of an entity count, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Those of the person who began it.
    Author,
    /// Those of everyone who may write in the stream.
    Everyone,
}

/// What the first change decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Begin {
    pub(super) kind: u64,
    pub(super) author: PersonId,
    pub(super) first: Hlc,
    pub(super) rule: Rule,
    pub(super) proof: Proof,
}

/// How it is known that an entity begins with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// The change says so.
    Marked,
    /// No change says so, and our own first one had seen nobody else's: it was written before
    /// there was a mark.
    Own,
    /// The first change is not here.
    Missing,
}

impl Begin {
    /// The begin of an entity that has these changes, or nothing where it has none.
    pub(super) fn find(changes: &[KeptChange], rule: fn(u64) -> Rule) -> Option<Self> {
        let marked = changes.iter().filter(|change| change.is_begin());
        let (change, proof) = match marked.min_by_key(|change| order(change)) {
            Some(change) => (change, Proof::Marked),
            None => match find_own(changes).filter(|_| !is_erased(changes)) {
                Some(change) => (change, Proof::Own),
                None => (
                    changes.iter().min_by_key(|change| change.rank())?,
                    Proof::Missing,
                ),
            },
        };
        Some(Self {
            kind: change.kind,
            author: change.origin.person,
            first: change.time(),
            rule: rule(change.kind),
            proof,
        })
    }

    pub(super) fn counts(&self, change: &KeptChange) -> bool {
        self.rule == Rule::Everyone || change.origin.person == self.author
    }
}

/// Whether an erase frame named it. What is left then is no entity, whoever wrote it.
fn is_erased(changes: &[KeptChange]) -> bool {
    changes.iter().any(|change| change.kind == ERASED_KIND)
}

/// Our own first change, unless it answers somebody else's. What others wrote without our having
/// seen it cannot take our words from our screen.
fn find_own(changes: &[KeptChange]) -> Option<&KeptChange> {
    let own = changes.iter().filter(|change| change.is_own);
    let first = own.min_by_key(|change| change.rank())?;
    let mut others = changes.iter().filter(|change| !change.is_own);
    let is_answer = others.any(|other| has_seen(&first.origin, &other.origin));
    (!is_answer).then_some(first)
}

/// Of several begin marks the first in the log is the begin: who copies an entity's id later
/// does not become its author.
fn order(change: &KeptChange) -> (u64, Name) {
    let seq = change.origin.placed.map_or(u64::MAX, |placed| placed.seq);
    (seq, change.name())
}
