//! What a circle answers: who is active, who may write, who is entitled to which keys.

use super::act::{Cut, ServerSet};
use super::circle::{Circle, KeyHolder, Standing};
use super::entry::ControlHead;
use super::rights::Rights;
use crate::clock::Millis;
use crate::id::{DeviceId, Hash, PersonId, StreamId};
use crate::key::DeviceKeys;
use std::ops::RangeInclusive;

/// What a frame says of its author, for [`Circle::check_authorship`].
#[derive(Clone, Debug)]
pub struct Authorship {
    /// Whose frame.
    pub device: DeviceId,
    /// In which stream.
    pub stream: StreamId,
    /// Its number.
    pub dev_seq: u64,
    /// Its header's hash.
    pub header: Hash,
    /// The control head its author knew.
    pub control: ControlHead,
    /// The epoch its body is sealed in.
    pub epoch: u64,
}

/// Why a frame does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorshipError {
    /// It names a control entry that is not here yet, or is not understood: ask for it, keep
    /// the frame.
    #[error("it names control entry {0}, which is not known here")]
    NotYet(u64),
    /// It names another entry at a place that is taken: two histories.
    #[error("it names another control entry {0}")]
    OtherHistory(u64),
    /// No active device of this circle at that head.
    #[error("its author was not an active device")]
    NotActive,
    /// Active, but without the right to write there.
    #[error("its author may not write in this stream")]
    MayNotWrite,
    /// Beyond the point where its author's writing ended.
    #[error("it lies beyond the cut of its author")]
    BeyondCut,
    /// Sealed in an epoch that its author knew to be over, or that is not there.
    #[error("not sealed in the right epoch; the present one is {0}")]
    Epoch(u64),
    /// The circle has ended, or this build must be updated first.
    #[error("nothing is written in this circle now")]
    Closed,
}

/// The signer may not erase what this device wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not theirs to erase")]
pub struct EraseError;

impl Circle {
    /// Whether a stored frame counts. The answer is the same on every device that has the
    /// same entries, whenever it asks.
    ///
    /// # Errors
    /// See [`AuthorshipError`].
    pub fn check_authorship(&self, frame: &Authorship) -> Result<(), AuthorshipError> {
        let seq = frame.control.seq;
        if seq > self.understood || seq == 0 {
            return Err(AuthorshipError::NotYet(seq));
        }
        let place = usize::try_from(seq - 1).unwrap_or(usize::MAX);
        if self.chain.get(place) != Some(&frame.control.hash) {
            return Err(AuthorshipError::OtherHistory(seq));
        }
        if self.is_ended && seq == self.understood {
            return Err(AuthorshipError::Closed);
        }
        self.check_writer(frame, seq)?;
        let cuts = self.cuts.get(&(frame.device, frame.stream));
        let is_beyond = cuts.into_iter().flatten().any(|cut| {
            cut.at > seq
                && (frame.dev_seq > cut.dev_seq
                    || frame.dev_seq == cut.dev_seq && frame.header != cut.header)
        });
        if is_beyond {
            return Err(AuthorshipError::BeyondCut);
        }
        let epochs = self.streams.get(&frame.stream);
        let known = epochs.map_or(0, |stream| stream.epoch_at(seq));
        let present = self.epoch(&frame.stream).unwrap_or(0);
        if !(known..=present).contains(&frame.epoch) {
            return Err(AuthorshipError::Epoch(present));
        }
        Ok(())
    }

    /// Whether a server may append a new frame now: all of [`Circle::check_authorship`], and
    /// its author may still write, in the present epoch.
    ///
    /// # Errors
    /// See [`AuthorshipError`].
    pub fn check_append(&self, frame: &Authorship) -> Result<(), AuthorshipError> {
        if self.standing() != Standing::Open {
            return Err(AuthorshipError::Closed);
        }
        self.check_writer(frame, self.understood)?;
        self.check_authorship(frame)?;
        match self.epoch(&frame.stream) {
            Some(present) if present != frame.epoch => Err(AuthorshipError::Epoch(present)),
            _ => Ok(()),
        }
    }

    fn check_writer(&self, frame: &Authorship, seq: u64) -> Result<(), AuthorshipError> {
        let holder = self.keys.get(&frame.device);
        let holder = holder.filter(|holder| !holder.is_recovery && holder.is_active_at(seq));
        let person = holder.ok_or(AuthorshipError::NotActive)?.person;
        let rights = self.rights_at(&person, seq);
        let right = rights.and_then(|rights| rights.on(&frame.stream));
        match right {
            Some(right) if right.write => Ok(()),
            _ => Err(AuthorshipError::MayNotWrite),
        }
    }

    /// Whether the owner of `signer` may erase now what `author` wrote in this stream: what a
    /// server asks before it obeys an erase frame.
    ///
    /// # Errors
    /// [`EraseError`].
    pub fn check_erase(
        &self,
        signer: &DeviceId,
        author: &DeviceId,
        stream: &StreamId,
    ) -> Result<(), EraseError> {
        self.check_erase_at(signer, author, stream, self.understood)
    }

    /// Whether they might after the control entry `seq`, which is the one that the erase frame
    /// names: what everybody asks who reads it, so that all say the same, whenever they ask.
    ///
    /// # Errors
    /// [`EraseError`].
    pub fn check_erase_at(
        &self,
        signer: &DeviceId,
        author: &DeviceId,
        stream: &StreamId,
        seq: u64,
    ) -> Result<(), EraseError> {
        let signer = self.keys.get(signer);
        let signer = signer.filter(|holder| holder.is_active_at(seq));
        let signer = signer.ok_or(EraseError)?;
        let author = self.keys.get(author).ok_or(EraseError)?;
        let rights = self.rights_at(&signer.person, seq).ok_or(EraseError)?;
        let withdraws = rights.on(stream).is_some_and(|right| right.withdraw);
        let has_left = self.has_left_at(&author.person, seq);
        if signer.person == author.person || withdraws || rights.manage && has_left {
            Ok(())
        } else {
            Err(EraseError)
        }
    }

    /// Whether the owner of `signer` may have this device held, which is to say removed.
    #[must_use]
    pub fn may_remove(&self, signer: &DeviceId, device: &DeviceId) -> bool {
        let (Some(signer), Some(device)) = (self.key_now(signer), self.key_now(device)) else {
            return false;
        };
        let rights = self.rights_now(&signer.person);
        let manages = !signer.is_recovery && rights.is_some_and(|rights| rights.manage);
        signer.person == device.person || manages
    }

    /// Every cut that the entry at this place made; `dev_seq` 0 is "wrote nothing". A server
    /// takes the entry only if they are its own last headers.
    #[must_use]
    pub fn cuts_made_at(&self, seq: u64) -> Vec<Cut> {
        let all = self.cuts.iter();
        let made = all.flat_map(|((device, stream), points)| {
            let here = points.iter().filter(|point| point.at == seq);
            here.map(|point| Cut {
                device: *device,
                stream: *stream,
                dev_seq: point.dev_seq,
                header: point.header,
            })
        });
        made.collect()
    }

    /// The keys of a device or recovery key, also of one that was removed: what it signed
    /// before still has to be verified.
    #[must_use]
    pub fn keys(&self, id: &DeviceId) -> Option<&DeviceKeys> {
        self.keys.get(id).map(|holder| &holder.keys)
    }

    /// Whose key it is, also of one that was removed.
    #[must_use]
    pub fn person(&self, id: &DeviceId) -> Option<PersonId> {
        self.keys.get(id).map(|holder| holder.person)
    }

    /// Whether it is a device or recovery key that may ask for something now.
    #[must_use]
    pub fn is_active(&self, id: &DeviceId) -> bool {
        self.key_now(id).is_some()
    }

    /// Whether a device may be counted on to hold the keys that it is entitled to: it is active, and
    /// it began the circle or said so in the chain. Who was added alone may never have come.
    #[must_use]
    pub fn has_arrived(&self, id: &DeviceId) -> bool {
        self.key_now(id).is_some_and(|holder| holder.has_arrived)
    }

    /// The active devices of a person, without the recovery key.
    pub fn devices(&self, person: &PersonId) -> impl Iterator<Item = DeviceId> {
        self.active_keys(person)
            .filter(|(_, holder)| !holder.is_recovery)
            .map(|(id, _)| id)
    }

    /// Whether it is a recovery key, also one that was replaced.
    #[must_use]
    pub fn is_recovery(&self, id: &DeviceId) -> bool {
        self.keys.get(id).is_some_and(|holder| holder.is_recovery)
    }

    /// The recovery key of a person that counts now.
    #[must_use]
    pub fn recovery_key(&self, person: &PersonId) -> Option<DeviceId> {
        let mut keys = self.active_keys(person);
        keys.find(|(_, holder)| holder.is_recovery)
            .map(|(id, _)| id)
    }

    /// The circle's id as a recovery key that counts now has it sealed.
    #[must_use]
    pub fn sealed_for(&self, recovery: &DeviceId) -> Option<&[u8]> {
        let holder = self.key_now(recovery).filter(|holder| holder.is_recovery);
        holder?.sealed_circle.as_deref()
    }

    /// Which entry added a device or recovery key, and who signed it.
    #[must_use]
    pub fn added_by(&self, id: &DeviceId) -> Option<(u64, DeviceId)> {
        self.keys.get(id).map(|holder| (holder.added, holder.by))
    }

    pub(super) fn active_keys(
        &self,
        person: &PersonId,
    ) -> impl Iterator<Item = (DeviceId, &KeyHolder)> {
        let all = self.keys.iter();
        let person = *person;
        all.filter(move |(_, holder)| holder.removed.is_none() && holder.person == person)
            .map(|(id, holder)| (*id, holder))
    }

    /// Everybody who belongs to the circle now.
    pub fn members(&self) -> impl Iterator<Item = (PersonId, &Rights)> {
        let people = self.people.keys();
        people.filter_map(|id| Some((*id, self.rights_now(id)?)))
    }

    /// The streams and epochs whose keys this device or recovery key is entitled to.
    #[must_use]
    pub fn entitlement(&self, key: &DeviceId) -> Vec<(StreamId, RangeInclusive<u64>)> {
        let holder = self.key_now(key);
        let rights = holder.and_then(|holder| self.rights_now(&holder.person));
        let streams = rights.map_or(&[][..], |rights| &rights.streams);
        let epochs = streams.iter().filter_map(|right| {
            let present = self.epoch(&right.stream)?;
            Some((right.stream, right.read_from..=present))
        });
        epochs.collect()
    }

    /// Every stream there is.
    pub fn streams(&self) -> impl Iterator<Item = StreamId> {
        self.streams.keys().copied()
    }

    /// The present epoch of a stream.
    #[must_use]
    pub fn epoch(&self, stream: &StreamId) -> Option<u64> {
        self.streams.get(stream).map(super::circle::Stream::epoch)
    }

    /// What fixes the key of an epoch.
    #[must_use]
    pub fn commit(&self, stream: &StreamId, epoch: u64) -> Option<Hash> {
        let epochs = &self.streams.get(stream)?.epochs;
        let place = usize::try_from(epoch.checked_sub(1)?).ok()?;
        epochs.get(place).map(|(commit, _)| *commit)
    }

    /// Whether somebody lost this stream and it was not advanced since: whoever next writes
    /// there advances it first.
    #[must_use]
    pub fn is_due(&self, stream: &StreamId) -> bool {
        self.streams.get(stream).is_some_and(|stream| stream.is_due)
    }

    /// Whose role has run out, for a manager's app to remove.
    pub fn ended_roles(&self, now: Millis) -> impl Iterator<Item = PersonId> {
        self.members()
            .filter(move |(_, rights)| rights.ends.is_some_and(|ends| ends <= now))
            .map(|(person, _)| person)
    }

    /// The server, once it was told.
    #[must_use]
    pub fn server(&self) -> Option<&ServerSet> {
        self.server.as_ref()
    }
}
