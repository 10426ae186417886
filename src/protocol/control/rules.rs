//! What every act must keep to. Acts count in order: each is judged by the state that the acts
//! before it left, and what the entry leaves as a whole is judged at its end.

use super::act::{Act, EpochAdvanced};
use super::circle::{Circle, KeyHolder, Owed, Person, Stream};
use super::entry::Entry;
use super::rights::{Rights, StreamRight};
use crate::SortedSet;
use crate::form::numbered;
use crate::id::{DeviceId, Hash, PersonId, StreamId};
use crate::key::DeviceKeys;
use crate::limits::{MOST_KEYS, MOST_KEYS_OF_PERSON, MOST_PEOPLE, MOST_STREAMS};
use crate::sorted::sort_by_key;

mod end;
mod removal;

pub(super) use end::keys_owed;

/// Bytes of a server's address, or of a circle's id sealed under a phrase.
const LONGEST_DETAIL: usize = 256;

numbered! {
    /// The rule that an act broke.
    #[derive(thiserror::Error)]
    pub enum RuleBroken {
        /// A first entry begins with Genesis, and no other holds one.
        #[error("Genesis is the first act of the first entry, and only that")]
        GenesisPlace = 1,
        /// The circle was ended.
        #[error("the circle has ended")]
        CircleEnded = 2,
        /// An act before this one removed the signer.
        #[error("the signer is not active")]
        SignerNotActive = 3,
        /// Only who manages may do this, with a device.
        #[error("the signer does not manage")]
        NotManaging = 4,
        /// Only the person's own keys may do this.
        #[error("it belongs to another person")]
        NotTheirOwn = 5,
        /// No such person, key or stream, or removed.
        #[error("nobody and nothing of that name")]
        Unknown = 6,
        /// An id or key that was used before, even if it was removed since.
        #[error("that name or key was used before")]
        UsedBefore = 7,
        /// Rights on unknown streams, out of order, or from an epoch that is not there.
        #[error("rights that cannot be")]
        BadRights = 8,
        /// A cut for somebody who does not lose writing there, or twice the same.
        #[error("a cut that cannot be")]
        BadCut = 9,
        /// Not the next epoch, twice in one entry, by somebody who does not write there, or a
        /// stream in the first entry.
        #[error("that epoch cannot begin now")]
        BadEpoch = 10,
        /// Somebody lost reading, and the signer, who could, did not advance the stream.
        #[error("a stream must be advanced with this")]
        EpochNotAdvanced = 11,
        /// Nobody with a key would be left to manage: name another, or end the circle.
        #[error("nobody would be left to manage")]
        LastManager = 12,
        /// More people, keys or streams than a circle holds.
        #[error("more than a circle holds")]
        TooMany = 13,
        /// A detail is too long, a version lower than before, or a key to which nothing can be sealed.
        #[error("a detail that cannot be")]
        BadDetail = 14,
        /// Only a device arrives, and once; the founder's has with the first entry.
        #[error("the signer does not arrive now")]
        NotArriving = 15,
    }
}

/// An act that this build does not know and may not step over.
pub(super) fn is_beyond_this_build(act: &Act) -> bool {
    matches!(
        act,
        Act::Unknown {
            is_critical: true,
            ..
        }
    )
}

/// The keys that a first entry brings for its own signature.
pub(super) fn founder(entry: &Entry) -> Option<&DeviceKeys> {
    match entry.acts.as_deref()?.first()? {
        Act::Genesis(genesis) => Some(&genesis.keys),
        _ => None,
    }
}

/// Does the acts of one entry to `circle`, whose chain already holds the entry.
pub(super) fn apply_acts(
    circle: &mut Circle,
    entry: &Entry,
    acts: &[Act],
) -> Result<(), RuleBroken> {
    let mut work = Work {
        seq: entry.head.seq,
        signer: entry.signer,
        circle,
        lost: SortedSet::new(),
        advanced: SortedSet::new(),
    };
    for (index, act) in acts.iter().enumerate() {
        if work.circle.is_ended {
            return Err(RuleBroken::CircleEnded);
        }
        let is_first = entry.head.seq == 1 && index == 0;
        if is_first != matches!(act, Act::Genesis(_)) {
            return Err(RuleBroken::GenesisPlace);
        }
        work.apply(act)?;
    }
    work.finish()
}

struct Work<'a> {
    circle: &'a mut Circle,
    seq: u64,
    signer: DeviceId,
    /// Streams that somebody can no longer read.
    lost: SortedSet<StreamId>,
    advanced: SortedSet<StreamId>,
}

impl Work<'_> {
    fn apply(&mut self, act: &Act) -> Result<(), RuleBroken> {
        match act {
            Act::Genesis(act) => {
                let rights = Rights {
                    manage: true,
                    streams: Vec::new(),
                    ends: None,
                };
                self.set_rights(act.person, Some(rights));
                self.add_key(act.person, &act.keys, None)?;
                // Who makes the first keys has them.
                self.arrive()
            }
            Act::StreamAdded(act) => self.add_stream(act.stream, act.commit),
            Act::MemberAdded(act) => {
                self.require_manager()?;
                if self.circle.people.contains_key(&act.person) {
                    return Err(RuleBroken::UsedBefore);
                }
                self.check_rights(&act.rights)?;
                self.set_rights(act.person, Some(act.rights.clone()));
                self.add_key(act.person, &act.keys, None)
            }
            Act::DeviceAdded(act) => {
                let person = self.signer()?.person;
                self.add_key(person, &act.keys, None)
            }
            Act::RightsChanged(act) => self.change_rights(act),
            Act::Removed(act) => self.remove(act),
            Act::EpochAdvanced(act) => self.advance(act),
            Act::RecoverySet(act) => {
                if act.sealed_circle.as_ref().map_or(0, Vec::len) > LONGEST_DETAIL {
                    return Err(RuleBroken::BadDetail);
                }
                let person = self.signer()?.person;
                self.end_recovery(person);
                self.add_key(person, &act.keys, Some(act.sealed_circle.clone()))
            }
            Act::ServerSet(act) => {
                self.require_manager()?;
                if act.address.len() > LONGEST_DETAIL {
                    return Err(RuleBroken::BadDetail);
                }
                self.circle.server = Some(act.clone());
                Ok(())
            }
            Act::MinVersion(act) => {
                self.require_manager()?;
                if act.version < self.circle.min_version.max(1) {
                    return Err(RuleBroken::BadDetail);
                }
                self.circle.min_version = act.version;
                Ok(())
            }
            Act::Ended(_) => {
                self.require_manager()?;
                self.circle.is_ended = true;
                Ok(())
            }
            Act::Arrived(_) => self.arrive(),
            // An ignorable one: somebody else's business.
            Act::Unknown { .. } => self.signer().map(drop),
        }
    }

    fn signer(&self) -> Result<&KeyHolder, RuleBroken> {
        let holder = self.circle.key_now(&self.signer);
        holder.ok_or(RuleBroken::SignerNotActive)
    }

    /// A recovery key acts for its person alone, so a phrase found in a drawer alone
    /// removes nobody. It can add a device of that person, as recovering must; all are told.
    fn require_manager(&self) -> Result<PersonId, RuleBroken> {
        let holder = self.signer()?;
        let rights = self.circle.rights_now(&holder.person);
        if holder.is_recovery || !rights.is_some_and(|rights| rights.manage) {
            return Err(RuleBroken::NotManaging);
        }
        Ok(holder.person)
    }

    fn arrive(&mut self) -> Result<(), RuleBroken> {
        self.signer()?;
        let holder = self.circle.keys.get_mut(&self.signer);
        match holder.filter(|holder| !holder.is_recovery && !holder.has_arrived) {
            Some(holder) => holder.has_arrived = true,
            None => return Err(RuleBroken::NotArriving),
        }
        Ok(())
    }

    fn add_stream(&mut self, stream: StreamId, commit: Hash) -> Result<(), RuleBroken> {
        let person = self.require_manager()?;
        // A commit names the circle, and the first entry is what names it.
        if self.seq == 1 {
            return Err(RuleBroken::BadEpoch);
        }
        if self.circle.streams.contains_key(&stream) {
            return Err(RuleBroken::UsedBefore);
        }
        let begun = Stream {
            epochs: vec![(commit, self.seq)],
            is_due: false,
        };
        self.circle.streams.insert(stream, begun);
        let mut rights = self.rights_of(&person)?;
        rights.streams.push(StreamRight {
            stream,
            read_from: 1,
            write: true,
            withdraw: true,
        });
        sort_by_key(&mut rights.streams, |right| right.stream);
        self.set_rights(person, Some(rights));
        Ok(())
    }

    /// `recovery` is there for a recovery key, and holds what is sealed with it.
    #[expect(
        clippy::option_option,
        reason = "what a recovery key brings may be absent"
    )]
    fn add_key(
        &mut self,
        person: PersonId,
        keys: &DeviceKeys,
        recovery: Option<Option<Vec<u8>>>,
    ) -> Result<(), RuleBroken> {
        // With such a key in the circle nobody could deliver what an advance owes.
        if !keys.can_receive() {
            return Err(RuleBroken::BadDetail);
        }
        let holder = KeyHolder {
            person,
            keys: keys.clone(),
            is_recovery: recovery.is_some(),
            sealed_circle: recovery.flatten(),
            by: self.signer,
            has_arrived: false,
            added: self.seq,
            removed: None,
        };
        match self.circle.keys.insert(keys.id(), holder) {
            None => Ok(()),
            Some(_) => Err(RuleBroken::UsedBefore),
        }
    }

    fn advance(&mut self, act: &EpochAdvanced) -> Result<(), RuleBroken> {
        if !self.may_advance(&act.stream) || !self.advanced.insert(act.stream) {
            return Err(RuleBroken::BadEpoch);
        }
        let seq = self.seq;
        let stream = self.circle.streams.get_mut(&act.stream);
        let stream = stream.ok_or(RuleBroken::Unknown)?;
        if act.epoch != stream.epoch() + 1 {
            return Err(RuleBroken::BadEpoch);
        }
        stream.epochs.push((act.commit, seq));
        stream.is_due = false;
        Ok(())
    }

    /// Who writes there; or who manages and reads it, so that a removal is never half a removal.
    fn may_advance(&self, stream: &StreamId) -> bool {
        let Ok(holder) = self.signer() else {
            return false;
        };
        let rights = self.circle.rights_now(&holder.person);
        rights.is_some_and(|rights| {
            let on_stream = rights.on(stream);
            on_stream.is_some_and(|right| right.write || rights.manage)
        })
    }

    fn check_rights(&self, rights: &Rights) -> Result<(), RuleBroken> {
        let can_be = |right: &StreamRight| {
            let stream = self.circle.streams.get(&right.stream);
            stream.is_some_and(|stream| (1..=stream.epoch()).contains(&right.read_from))
        };
        if rights.is_sorted() && rights.streams.iter().all(can_be) {
            Ok(())
        } else {
            Err(RuleBroken::BadRights)
        }
    }

    fn set_rights(&mut self, person: PersonId, rights: Option<Rights>) {
        let entry = self.circle.people.entry(person);
        let history = &mut entry
            .or_insert_with(|| Person { rights: Vec::new() })
            .rights;
        if history.last().is_some_and(|(since, _)| *since == self.seq) {
            history.pop();
        }
        history.push((self.seq, rights));
    }

    fn rights_of(&self, person: &PersonId) -> Result<Rights, RuleBroken> {
        let rights = self.circle.rights_now(person);
        rights.cloned().ok_or(RuleBroken::Unknown)
    }

    /// Every key of a person that is active.
    fn keys_of(&self, person: &PersonId) -> Vec<DeviceId> {
        self.circle.active_keys(person).map(|(id, _)| id).collect()
    }

    fn devices_of(&self, person: &PersonId) -> Vec<DeviceId> {
        let keys = self.circle.active_keys(person);
        keys.filter(|(_, holder)| !holder.is_recovery)
            .map(|(id, _)| id)
            .collect()
    }
}
