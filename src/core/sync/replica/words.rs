//! Recovery words in the circle: the key that they grow into, and coming back with it alone.
//!
//! Who comes back is the recovery key until the circle has added the phone's own new keys, by the
//! same steps by which a store changes its keys (`rekey.rs`). A recovery key writes nothing.

use super::found::keep;
use super::readers::Epochs;
use super::rekey::Rekey;
use super::rows::{self, Seeds};
use super::{Draw, Effects, Replica, Trouble, random};
use crate::ports::NoRandomness;
use hearth_protocol::control::{Act, Circle, RecoverySet};
use hearth_protocol::recovery::RecoverySecret;
use hearth_protocol::{CircleId, DeviceId, DeviceKeys, Key, PersonId, SortedMap, StreamId};

/// The recovery key of this phone's person, as the chain has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnWords {
    /// The recovery key.
    pub key: DeviceId,
    /// The device that set it.
    pub by: DeviceId,
    /// Whether a server is known to have the entry that did.
    pub is_confirmed: bool,
}

impl Replica {
    /// A circle of which this phone knows the name and a recovery key. The first exchange brings
    /// its chain, and the second adds the keys that are drawn here.
    ///
    /// # Errors
    /// [`NoRandomness`]
    pub fn recover(
        id: CircleId,
        secret: &RecoverySecret,
        draw: Draw<'_>,
    ) -> Result<(Self, Effects), NoRandomness> {
        let (signing, sealing) = secret.seeds();
        // The chain says whose they are.
        let person = PersonId(random(draw)?);
        let recovery = Seeds {
            signing,
            sealing,
            person,
        };
        let seeds = Seeds::draw(person, draw)?;
        // What waits on this phone was written by somebody who had seen nothing of the circle.
        let seen = SortedMap::new();
        let mut effects = Effects::default();
        keep(&mut effects, rows::me(&id, &recovery));
        keep(&mut effects, rows::rekey(&id, &seeds, Some(&seen)));
        let seen = Some(seen);
        let replica = Self {
            rekey: Some(Rekey { seeds, seen }),
            ..Self::empty(id, recovery.me(), Circle::default())
        };
        Ok((replica, effects))
    }

    /// Whether this phone is nobody's device yet, and comes back as a recovery key.
    #[must_use]
    pub fn is_recovering(&self) -> bool {
        let is_unknown = self.circle.id().is_none();
        self.is_waiting_for_keys() && (is_unknown || self.circle.is_recovery(&self.me.device))
    }

    /// Whether the circle may have this phone already, which then comes back whatever it wants
    /// now: the entry that adds it is signed on top of a chain that names the recovery key, and
    /// the server takes it only with every key that it owes. From there on it was perhaps sent
    /// and its answer lost. Where it was refused, or the chain went on without it, it is nowhere.
    #[must_use]
    pub fn may_be_in(&self) -> bool {
        let is_signed = self.is_recovering() && self.circle.is_active(&self.me.device);
        let is_refused = matches!(self.trouble, Some(Trouble::NotTaken(_)));
        is_signed && !is_refused && self.keys_missing().is_empty()
    }

    /// The words of this phone's person.
    #[must_use]
    pub fn own_words(&self) -> Option<OwnWords> {
        let key = self.circle.recovery_key(&self.me.person)?;
        let (seq, by) = self.circle.added_by(&key)?;
        let is_confirmed = seq <= self.confirmed;
        Some(OwnWords {
            key,
            by,
            is_confirmed,
        })
    }

    /// Whether a device was added with recovery words alone.
    #[must_use]
    pub fn came_by_words(&self, device: &DeviceId) -> bool {
        let added = self.circle.added_by(device);
        added.is_some_and(|(_, by)| self.circle.is_recovery(&by))
    }

    /// Whether somebody's words open all that is sealed under these epochs: their key counts in
    /// a chain that the server has, and the server takes no entry without the keys that it owes.
    #[must_use]
    pub fn is_opened_by_words(&self, epochs: &Epochs) -> bool {
        let people = self.circle.members();
        let mut keys = people.filter_map(|(person, _)| self.circle.recovery_key(&person));
        keys.any(|key| {
            let added = self.circle.added_by(&key);
            added.is_some_and(|(seq, _)| seq <= self.confirmed) && self.may_read(&key, epochs)
        })
    }

    /// One entry sets the key, and where it takes the place of another one it begins new epochs:
    /// the old words open nothing that is told later.
    pub(super) fn set_recovery(
        &self,
        recovery: &DeviceKeys,
        sealed_circle: &[u8],
        keys: &mut SortedMap<(StreamId, u64), Key>,
        draw: Draw<'_>,
    ) -> Result<Vec<Act>, NoRandomness> {
        let mut acts = vec![Act::RecoverySet(RecoverySet {
            keys: recovery.clone(),
            sealed_circle: Some(sealed_circle.to_vec()),
        })];
        if self.circle.recovery_key(&self.me.person).is_some() {
            let is_manager = self.is_manager();
            let own = self.own_streams().iter();
            for right in own.filter(|right| right.write || is_manager) {
                acts.push(self.advance(&right.stream, keys, draw)?);
            }
        }
        Ok(acts)
    }
}
