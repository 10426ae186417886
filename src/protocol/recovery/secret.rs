//! What grows from the words: the secret half of a recovery key, and the key that the circle's
//! name is sealed under.

use crate::id::CircleId;
use crate::key::{DeviceKeys, DeviceSecret};
use crate::label::Label;
use crate::seal::{Key, NONCE_BYTES, SealError};

/// The secret half of a recovery key. Its bytes are in no `Debug` output.
#[derive(Clone)]
pub struct RecoverySecret {
    signing: Key,
    sealing: Key,
    circle: Key,
}

impl core::fmt::Debug for RecoverySecret {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("RecoverySecret(..)")
    }
}

impl RecoverySecret {
    pub(super) fn grow(derive: impl Fn(Label) -> [u8; 32]) -> Self {
        Self {
            signing: Key::new(derive(Label::RecoverySigning)),
            sealing: Key::new(derive(Label::RecoverySealing)),
            circle: Key::new(derive(Label::RecoveryCircle)),
        }
    }

    /// The seeds of the keys, to sign with and to receive with.
    #[must_use]
    pub fn seeds(&self) -> ([u8; 32], [u8; 32]) {
        (*self.signing.expose(), *self.sealing.expose())
    }

    /// Signs and opens as the recovery key.
    #[must_use]
    pub fn device(&self) -> DeviceSecret {
        let (signing, sealing) = self.seeds();
        DeviceSecret::from_seeds(signing, sealing)
    }

    /// The public half, for the chain.
    #[must_use]
    pub fn keys(&self) -> DeviceKeys {
        self.device().keys()
    }

    /// The name of a circle, for who has the words alone.
    ///
    /// # Errors
    /// [`SealError`], which 32 bytes never meet.
    pub fn seal_circle(
        &self,
        circle: &CircleId,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Vec<u8>, SealError> {
        self.circle.seal(nonce, &self.keys().id().0, &circle.0)
    }

    /// The circle that somebody with these words sealed. Whoever has not cannot name one.
    ///
    /// # Errors
    /// [`SealError`]; no input panics.
    pub fn open_circle(&self, sealed: &[u8]) -> Result<CircleId, SealError> {
        let plain = self.circle.open(&self.keys().id().0, sealed)?;
        let id = plain.try_into().map_err(|_| SealError::DoesNotOpen)?;
        Ok(CircleId(id))
    }

    /// The bytes to keep while a phone comes back: signing seed, sealing seed, the circle's key.
    /// The words do not follow from them.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 96] {
        let mut bytes = [0; 96];
        bytes[..32].copy_from_slice(self.signing.expose());
        bytes[32..64].copy_from_slice(self.sealing.expose());
        bytes[64..].copy_from_slice(self.circle.expose());
        bytes
    }

    /// Reads them.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (keys, rest) = bytes.as_chunks::<32>();
        let [signing, sealing, circle] = keys else {
            return None;
        };
        rest.is_empty().then_some(Self {
            signing: Key::new(*signing),
            sealing: Key::new(*sealing),
            circle: Key::new(*circle),
        })
    }
}
