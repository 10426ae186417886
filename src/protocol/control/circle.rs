//! The state that a control log folds to.

use super::act::ServerSet;
use super::entry::ControlHead;
use super::rights::Rights;
use crate::SortedMap;
use crate::change::VERSION;
use crate::id::{CircleId, DeviceId, Hash, PersonId, StreamId};
use crate::key::DeviceKeys;

/// A circle as far as its entries are known and checked. A pure state machine: see
/// [`Circle::apply`] for what changes it and the other methods for what it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circle {
    /// The hash of every entry so far, understood or not.
    pub(super) chain: Vec<Hash>,
    /// How many of them were understood.
    pub(super) understood: u64,
    pub(super) people: SortedMap<PersonId, Person>,
    pub(super) keys: SortedMap<DeviceId, KeyHolder>,
    pub(super) streams: SortedMap<StreamId, Stream>,
    pub(super) cuts: SortedMap<(DeviceId, StreamId), Vec<CutPoint>>,
    pub(super) server: Option<ServerSet>,
    pub(super) min_version: u64,
    pub(super) is_ended: bool,
}

/// A person: their rights since which entry, the newest last. `None`: removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) rights: Vec<(u64, Option<Rights>)>,
}

/// A device or a recovery key. Those that were removed stay, so that no key comes twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyHolder {
    pub(super) person: PersonId,
    pub(super) keys: DeviceKeys,
    pub(super) is_recovery: bool,
    /// Of a recovery key: the circle's id, sealed under its phrase.
    pub(super) sealed_circle: Option<Vec<u8>>,
    /// Who signed the entry that added it.
    pub(super) by: DeviceId,
    /// It began the circle, or it said that it holds its keys.
    pub(super) has_arrived: bool,
    pub(super) added: u64,
    pub(super) removed: Option<u64>,
}

/// A stream: for each epoch from 1 on, its commit and the entry that began it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stream {
    pub(super) epochs: Vec<(Hash, u64)>,
    pub(super) is_due: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CutPoint {
    /// The entry that made it.
    pub(super) at: u64,
    /// The last frame that counts; 0 is none.
    pub(super) dev_seq: u64,
    pub(super) header: Hash,
}

/// What may be done with a circle now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Reading and writing.
    Open,
    /// It was ended: reading only.
    Ended,
    /// It speaks of things this build does not know: reading only, and an update.
    UpdateNeeded,
}

/// Keys that an entry makes somebody entitled to, and that its signer has to deliver with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// To which device or recovery key.
    pub to: DeviceId,
    /// Of which stream.
    pub stream: StreamId,
    /// Of which epoch.
    pub epoch: u64,
}

impl Circle {
    /// The name of this circle, once its first entry is there.
    #[must_use]
    pub fn id(&self) -> Option<CircleId> {
        self.chain.first().map(|hash| CircleId(hash.0))
    }

    /// The newest entry that is chained here, understood or not.
    #[must_use]
    pub fn head(&self) -> ControlHead {
        let hash = self.chain.last().copied().unwrap_or(Hash::ZERO);
        ControlHead {
            seq: self.chain.len() as u64,
            hash,
        }
    }

    /// What may be done with it now.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let is_understood = self.understood == self.chain.len() as u64;
        if !is_understood || self.min_version > VERSION.unsigned_abs() {
            Standing::UpdateNeeded
        } else if self.is_ended {
            Standing::Ended
        } else {
            Standing::Open
        }
    }

    pub(super) fn rights_now(&self, person: &PersonId) -> Option<&Rights> {
        self.people.get(person)?.rights.last()?.1.as_ref()
    }

    pub(super) fn rights_at(&self, person: &PersonId, seq: u64) -> Option<&Rights> {
        self.standing_at(person, seq)?.as_ref()
    }

    /// Was here, and is no more: not so of who had not come yet.
    pub(super) fn has_left_at(&self, person: &PersonId, seq: u64) -> bool {
        self.standing_at(person, seq).is_some_and(Option::is_none)
    }

    fn standing_at(&self, person: &PersonId, seq: u64) -> Option<&Option<Rights>> {
        let history = &self.people.get(person)?.rights;
        let newest = history.iter().rev().find(|(since, _)| *since <= seq)?;
        Some(&newest.1)
    }

    pub(super) fn key_now(&self, id: &DeviceId) -> Option<&KeyHolder> {
        self.keys.get(id).filter(|holder| holder.removed.is_none())
    }
}

impl KeyHolder {
    pub(super) fn is_active_at(&self, seq: u64) -> bool {
        self.added <= seq && self.removed.is_none_or(|removed| removed > seq)
    }
}

impl Stream {
    pub(super) fn epoch(&self) -> u64 {
        self.epochs.len() as u64
    }

    pub(super) fn epoch_at(&self, seq: u64) -> u64 {
        let begun = self.epochs.iter().filter(|(_, since)| *since <= seq);
        begun.count() as u64
    }
}
