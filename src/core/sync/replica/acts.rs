//! Acts for the control log. The chain takes them one at a time, so an act is an intent until
//! the server has appended it: it is signed anew whenever somebody else's entry came first.

use super::control::group_grants;
use super::{Draw, Replica, random};
use crate::ports::NoRandomness;
use hearth_protocol::control::{
    Act, Applied, Arrived, Cut, DeviceAdded, EntryDraft, EpochAdvanced, MemberAdded, Removed,
    Rights, ServerSet, Standing, StreamRight,
};
use hearth_protocol::exchange::NewEntry;
use hearth_protocol::grant::commit_to;
use hearth_protocol::{DeviceId, DeviceKeys, Key, PersonId, SortedMap, StreamId, VerifyKey};

/// What this phone wants appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Names the server and pins its key.
    SetServer {
        /// Its origin.
        address: String,
        /// Its key.
        key: VerifyKey,
    },
    /// Begins the next epoch of a stream that somebody lost.
    Advance(StreamId),
    /// Says that this device is in the circle with all its keys.
    Arrive,
    /// Adds another device of this person.
    AddDevice(DeviceKeys),
    /// Adds a person, who may do what this person may, but for managing.
    AddPerson {
        /// Who.
        person: PersonId,
        /// Their device.
        keys: DeviceKeys,
        /// Whether they read what was there before.
        reads_all: bool,
    },
    /// Sets the recovery key of this person, in place of the one before.
    SetRecovery {
        /// The recovery key.
        keys: DeviceKeys,
        /// The circle's id, sealed under the words.
        sealed_circle: Vec<u8>,
    },
    /// Removes a device of this person.
    RemoveDevice {
        /// Which.
        device: DeviceId,
        /// Its last frames, as the server named them when it held the device.
        cuts: Vec<Cut>,
    },
    /// Removes a person with all their devices.
    RemovePerson {
        /// Who.
        person: PersonId,
        /// Their devices' last frames, as the server named them when it held them.
        cuts: Vec<Cut>,
    },
}

/// An entry ready to be pushed, and the keys it began.
pub(super) struct Prepared {
    pub(super) entry: NewEntry,
    pub(super) intent: Intent,
    pub(super) keys: SortedMap<(StreamId, u64), Key>,
}

impl Prepared {
    /// Whether bodies sealed now would be of an old epoch once this entry is appended.
    pub(super) fn changes_epoch(&self, stream: &StreamId) -> bool {
        self.keys.keys().any(|(of, _)| of == stream)
    }
}

impl Replica {
    /// Wants something appended. Told twice is wanted once. The server comes first: no answer of
    /// its can be checked before its key is pinned.
    pub fn intend(&mut self, intent: Intent) {
        if self.intents.contains(&intent) {
            return;
        }
        match intent {
            Intent::SetServer { .. } => self.intents.insert(0, intent),
            _ => self.intents.push(intent),
        }
    }

    /// Gives up what was wanted.
    pub fn give_up(&mut self, intent: &Intent) {
        self.intents.retain(|wanted| wanted != intent);
    }

    /// Whether it is still waiting to be appended.
    #[must_use]
    pub fn intends(&self, intent: &Intent) -> bool {
        self.intents.contains(intent)
    }

    /// Signs the first intent on top of the present head, with the grants it owes. An intent
    /// that the circle has fulfilled meanwhile, or that its rules refuse, is dropped.
    pub(super) fn prepare_entry(
        &mut self,
        draw: Draw<'_>,
    ) -> Result<Option<Prepared>, NoRandomness> {
        while let Some(intent) = self.intents.first().cloned() {
            if let Some(prepared) = self.sign_intent(&intent, draw)? {
                return Ok(Some(prepared));
            }
            self.intents.remove(0);
            // After an update the same may be taken.
            if self.circle.standing() != Standing::UpdateNeeded {
                self.dropped.push(intent);
            }
        }
        Ok(None)
    }

    /// The intents that were dropped since this was asked last: wanting them again is of no use
    /// while the circle is as it is.
    pub fn take_dropped(&mut self) -> Vec<Intent> {
        std::mem::take(&mut self.dropped)
    }

    fn sign_intent(
        &self,
        intent: &Intent,
        draw: Draw<'_>,
    ) -> Result<Option<Prepared>, NoRandomness> {
        let mut keys = SortedMap::new();
        let Some(acts) = self.acts_of(intent, &mut keys, draw)? else {
            return Ok(None);
        };
        let head = self.circle.head();
        let entry = EntryDraft {
            seq: head.seq + 1,
            prev: head.hash,
            signer: self.me.device,
            acts,
        };
        let entry = entry.sign(self.me.signer());
        let mut after = self.circle.clone();
        let Ok(Applied::New(owed)) = after.apply(&entry) else {
            return Ok(None);
        };
        let debts = owed
            .into_iter()
            .map(|debt| (debt.to, debt.stream, debt.epoch));
        let held = |name: &(StreamId, u64)| keys.get(name).or_else(|| self.keys.get(name)).cloned();
        let grants = group_grants(self.id, &after, debts, held, draw)?;
        Ok(Some(Prepared {
            entry: NewEntry { entry, grants },
            intent: intent.clone(),
            keys,
        }))
    }

    fn acts_of(
        &self,
        intent: &Intent,
        keys: &mut SortedMap<(StreamId, u64), Key>,
        draw: Draw<'_>,
    ) -> Result<Option<Vec<Act>>, NoRandomness> {
        let circle = &self.circle;
        Ok(Some(match intent {
            Intent::SetServer { address, key } => {
                let known = circle.server();
                if known.is_some_and(|server| server.key == *key && server.address == *address) {
                    return Ok(None);
                }
                let (address, key) = (address.clone(), *key);
                vec![Act::ServerSet(ServerSet { address, key })]
            }
            Intent::Advance(stream) if circle.is_due(stream) => {
                vec![self.advance(stream, keys, draw)?]
            }
            Intent::Advance(_) => return Ok(None),
            Intent::Arrive if self.may_arrive() => vec![Act::Arrived(Arrived {})],
            Intent::Arrive => return Ok(None),
            Intent::AddDevice(device) => {
                if circle.keys(&device.id()).is_some() {
                    return Ok(None);
                }
                let keys = device.clone();
                vec![Act::DeviceAdded(DeviceAdded { keys })]
            }
            Intent::AddPerson {
                person,
                keys: device,
                reads_all,
            } => {
                if circle.keys(&device.id()).is_some() {
                    return Ok(None);
                }
                self.add_person(*person, device, *reads_all, keys, draw)?
            }
            Intent::SetRecovery {
                keys: recovery,
                sealed_circle,
            } => {
                if circle.keys(&recovery.id()).is_some() {
                    return Ok(None);
                }
                self.set_recovery(recovery, sealed_circle, keys, draw)?
            }
            Intent::RemoveDevice { device, cuts } => {
                if !circle.is_active(device) {
                    return Ok(None);
                }
                let person = circle.person(device);
                self.remove(None, Some(*device), person, cuts, keys, draw)?
            }
            Intent::RemovePerson { person, cuts } => {
                if circle.members().all(|(member, _)| member != *person) {
                    return Ok(None);
                }
                self.remove(Some(*person), None, Some(*person), cuts, keys, draw)?
            }
        }))
    }

    fn add_person(
        &self,
        person: PersonId,
        device: &DeviceKeys,
        reads_all: bool,
        keys: &mut SortedMap<(StreamId, u64), Key>,
        draw: Draw<'_>,
    ) -> Result<Vec<Act>, NoRandomness> {
        let mut acts = Vec::new();
        let mut streams = Vec::new();
        for right in self.own_streams() {
            let mut read_from = 1;
            if !reads_all {
                // What they may read begins with a key that nothing before was sealed under.
                acts.push(self.advance(&right.stream, keys, draw)?);
                read_from = self.circle.epoch(&right.stream).unwrap_or(0) + 1;
            }
            streams.push(StreamRight {
                stream: right.stream,
                read_from,
                write: true,
                withdraw: false,
            });
        }
        let rights = Rights {
            manage: false,
            streams,
            ends: None,
        };
        let keys = device.clone();
        acts.push(Act::MemberAdded(MemberAdded {
            person,
            rights,
            keys,
        }));
        Ok(acts)
    }

    /// One entry removes and advances every stream that the removed and the signer read.
    fn remove(
        &self,
        person: Option<PersonId>,
        device: Option<DeviceId>,
        whose: Option<PersonId>,
        cuts: &[Cut],
        keys: &mut SortedMap<(StreamId, u64), Key>,
        draw: Draw<'_>,
    ) -> Result<Vec<Act>, NoRandomness> {
        let cuts = cuts.to_vec();
        let mut acts = vec![Act::Removed(Removed {
            person,
            device,
            cuts,
        })];
        let theirs = whose.and_then(|whose| {
            let mut members = self.circle.members();
            members.find(|(member, _)| *member == whose)
        });
        let theirs = theirs.map_or(&[][..], |(_, rights)| &rights.streams);
        if whose != Some(self.me.person) || device.is_some() {
            for right in self.own_streams().iter().filter(|right| right.write) {
                if theirs.iter().any(|their| their.stream == right.stream) {
                    acts.push(self.advance(&right.stream, keys, draw)?);
                }
            }
        }
        Ok(acts)
    }

    pub(super) fn advance(
        &self,
        stream: &StreamId,
        keys: &mut SortedMap<(StreamId, u64), Key>,
        draw: Draw<'_>,
    ) -> Result<Act, NoRandomness> {
        let key = Key::new(random(draw)?);
        let epoch = self.circle.epoch(stream).unwrap_or(0) + 1;
        let commit = commit_to(&key, &self.id, stream, epoch);
        keys.insert((*stream, epoch), key);
        Ok(Act::EpochAdvanced(EpochAdvanced {
            stream: *stream,
            epoch,
            commit,
        }))
    }

    pub(super) fn own_streams(&self) -> &[StreamRight] {
        let mut members = self.circle.members();
        let own = members.find(|(person, _)| *person == self.me.person);
        own.map_or(&[][..], |(_, rights)| &rights.streams)
    }
}
