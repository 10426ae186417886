//! One change shown alone, to somebody who may not open the frame: a moderator, say. The
//! author's signature still proves it; of the other changes there are only salted hashes.

use super::pack::{hash_change, root_of};
use super::{Pack, PackItem, Place, SignedHeader};
use crate::form::{FormError, Object, object};
use crate::id::{CircleId, DeviceId, Hash, StreamId};
use crate::key::{BadSignature, DeviceKeys, Signature, VerifyKey};
use crate::limits::{LONGEST_FRAME, MOST_CHANGES};

object! {
    /// A change with the proof of who wrote it.
    pub struct ShownChange, "shown change" {
        /// Where it was written.
        circle: CircleId = 1,
        /// Where it was written.
        stream: StreamId = 2,
        /// The bytes of the frame's header.
        header: Vec<u8> = 3,
        /// Of the author's device.
        signature: Signature = 4,
        /// The hashes of the pack head and of each change.
        hashes: Vec<Hash> = 5,
        /// Which of the changes this is, from 0.
        index: u64 = 6,
        /// Its salt.
        salt: [u8; 16] = 7,
        /// Its bytes.
        change: Vec<u8> = 8,
    }
}

/// Why a shown change proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShownError {
    /// Not of the form it should have.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Not signed by this device.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// The author signed other words.
    #[error("not what the author signed")]
    OtherChange,
}

impl ShownChange {
    /// Shows the change at this place of an opened frame; `None` where it was taken out.
    #[must_use]
    pub fn new(place: &Place, header: &SignedHeader, pack: &Pack, index: usize) -> Option<Self> {
        let PackItem::Kept { salt, change } = pack.items().get(index)? else {
            return None;
        };
        Some(Self {
            circle: place.circle,
            stream: place.stream,
            header: header.bytes().to_vec(),
            signature: header.signature,
            hashes: pack.hashes(),
            index: index as u64,
            salt: *salt,
            change: change.clone(),
        })
    }

    /// Reads one.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormError> {
        Self::decode(bytes, LONGEST_FRAME)
    }

    /// Who wrote it, if the owner of this key did. The key has to be that of the device which the
    /// header names: where keys come from anywhere but a chain, ask [`ShownChange::is_by`].
    ///
    /// # Errors
    /// See [`ShownError`].
    pub fn verify(&self, key: &VerifyKey) -> Result<DeviceId, ShownError> {
        let place = Place {
            circle: self.circle,
            stream: self.stream,
        };
        let signed = SignedHeader::new(self.header.clone(), self.signature);
        signed.verify(&place, key)?;
        let header = signed.read()?;
        let at = usize::try_from(self.index)
            .ok()
            .filter(|at| *at < MOST_CHANGES);
        let named = at.and_then(|at| self.hashes.get(1 + at));
        let is_named = named == Some(&hash_change(&self.salt, &self.change));
        if !is_named || root_of(&self.hashes) != header.root {
            return Err(ShownError::OtherChange);
        }
        Ok(header.device)
    }

    /// Whether the owner of these keys wrote it, and is the device that the header names.
    ///
    /// # Errors
    /// See [`ShownError`].
    pub fn is_by(&self, keys: &DeviceKeys) -> Result<bool, ShownError> {
        Ok(self.verify(&keys.signing)? == keys.id())
    }
}
