//! Grants: keys of epochs, delivered to one device.
//!
//! The chain says who is entitled; a grant is only the delivery, so it is not signed, and
//! whoever has a key may deliver it again. What it brings must match the commit in the chain.

use crate::SortedSet;
use crate::control::{Circle, Owed};
use crate::form::{Field, FormError, Object, object};
use crate::id::{CircleId, DeviceId, Hash, StreamId};
use crate::key::{DeviceKeys, EnvelopeError, SealedTo};
use crate::label::Label;
use crate::limits::{LONGEST_GRANT, MOST_KEYS_IN_GRANT};
use crate::seal::Key;

object! {
    /// Keys sealed to one device.
    pub struct Grant, "grant" {
        /// To which device or recovery key.
        to: DeviceId = 1,
        /// Which keys: stream and epoch, ascending, each once.
        keys: Vec<(StreamId, u64)> = 2,
        /// HPKE's encapsulated key.
        encapped: [u8; 32] = 3,
        /// The keys, 32 bytes each, in that order, sealed.
        sealed: Vec<u8> = 4,
    }
}

const KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

/// Why a grant brings nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// Not of the form of a grant, or too long.
    #[error(transparent)]
    Form(#[from] FormError),
    /// It does not open.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

/// The commit that fixes the key of an epoch in the chain.
#[must_use]
pub fn commit_to(key: &Key, circle: &CircleId, stream: &StreamId, epoch: u64) -> Hash {
    let epoch = epoch.to_be_bytes();
    let parts: [&[u8]; 3] = [&circle.0, &stream.0, &epoch];
    Hash(*key.derive_for(Label::Commit, &parts).expose())
}

/// The keys of streams by epoch.
pub type EpochKeys = Vec<(StreamId, u64, Key)>;

impl Grant {
    /// Seals keys to a device; `random` is 32 fresh random bytes.
    ///
    /// # Errors
    /// [`GrantError::Form`] where the keys are too many, not ascending or none.
    pub fn seal(
        circle: &CircleId,
        to: &DeviceKeys,
        keys: &[(StreamId, u64, Key)],
        random: [u8; 32],
    ) -> Result<Self, GrantError> {
        let list: Vec<_> = keys
            .iter()
            .map(|(stream, epoch, _)| (*stream, *epoch))
            .collect();
        check_list(&list)?;
        let to_id = to.id();
        let secret: Vec<u8> = keys.iter().flat_map(|(_, _, key)| *key.expose()).collect();
        let (encapped, sealed) = crate::key::seal_to(
            &to.sealing,
            random,
            &info(circle, &to_id),
            &list.write().encode(),
            &secret,
        )?;
        Ok(Self {
            to: to_id,
            keys: list,
            encapped,
            sealed,
        })
    }

    /// Reads one.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormError> {
        let grant = Self::decode(bytes, LONGEST_GRANT)?;
        grant.check()?;
        Ok(grant)
    }

    /// Whether it can be a grant, as far as that is seen without opening it: so many keys, in
    /// order, and as many bytes as they need. One that came inside a message is not checked yet.
    ///
    /// # Errors
    /// [`FormError::Shape`].
    pub fn check(&self) -> Result<(), FormError> {
        check_list(&self.keys)?;
        if self.sealed.len() != self.keys.len() * KEY_BYTES + TAG_BYTES {
            return Err(FormError::Shape);
        }
        Ok(())
    }

    /// The keys in it that the chain knows. One that does not match its commit is left out:
    /// it is asked for again.
    ///
    /// # Errors
    /// See [`GrantError`]; no input panics.
    pub fn open(
        &self,
        circle: &Circle,
        to: &DeviceId,
        secret: &SealedTo,
    ) -> Result<EpochKeys, GrantError> {
        self.check()?;
        let circle_id = &circle.id().ok_or(FormError::Shape)?;
        let place = self.keys.write().encode();
        let opened = secret.open(&info(circle_id, to), &place, &self.encapped, &self.sealed)?;
        let (keys, rest) = opened.as_chunks::<32>();
        if keys.len() != self.keys.len() || !rest.is_empty() {
            return Err(FormError::Shape.into());
        }
        let named = self.keys.iter().zip(keys);
        let matching = named.filter_map(|((stream, epoch), key)| {
            let key = Key::new(*key);
            let commit = circle.commit(stream, *epoch)?;
            let is_it = commit == commit_to(&key, circle_id, stream, *epoch);
            is_it.then_some((*stream, *epoch, key))
        });
        Ok(matching.collect())
    }
}

/// What of these debts the grants do not cover; those that cannot be grants cover nothing. A server takes an entry only when nothing is left.
#[must_use]
pub fn still_owed(owed: &[Owed], grants: &[Grant]) -> Vec<Owed> {
    let given: SortedSet<_> = grants
        .iter()
        .filter(|grant| grant.check().is_ok())
        .flat_map(|grant| {
            let keys = grant.keys.iter();
            keys.map(|(stream, epoch)| (grant.to, *stream, *epoch))
        })
        .collect();
    let open = owed.iter();
    let open = open.filter(|debt| !given.contains(&(debt.to, debt.stream, debt.epoch)));
    open.cloned().collect()
}

fn check_list(keys: &[(StreamId, u64)]) -> Result<(), FormError> {
    let is_ascending = keys.windows(2).all(|pair| pair[0] < pair[1]);
    if keys.is_empty() || keys.len() > MOST_KEYS_IN_GRANT || !is_ascending {
        return Err(FormError::Shape);
    }
    Ok(())
}

fn info(circle: &CircleId, to: &DeviceId) -> Vec<u8> {
    Label::Grant.message(&[&circle.0, &to.0])
}

#[cfg(test)]
mod tests;
