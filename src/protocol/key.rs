//! The keys of a device in one circle: one pair to sign with, one to receive keys with.
//!
//! They are made fresh for every circle, so circles cannot be linked by key. Randomness is an
//! input; what signs lies behind [`Sign`], because a browser may keep that key to itself.

mod envelope;
mod signature;

pub(crate) use envelope::seal_to;
pub use envelope::{EnvelopeError, SealedTo};
pub use signature::{BadSignature, Sign, Signature, Signer, VerifyKey};

use crate::form::object;
use crate::id::DeviceId;
use crate::label::Label;

object! {
    /// What everybody may know of a device.
    pub struct DeviceKeys, "device keys" {
        /// Ed25519: what it signs is its own.
        signing: VerifyKey = 1,
        /// X25519: what is sealed to it only it can open.
        sealing: [u8; 32] = 2,
    }
}

impl DeviceKeys {
    /// The name that these keys give their device.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        let hash = Label::Device.hash(&[&self.signing.0, &self.sealing]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash.0[..16]);
        DeviceId(id)
    }
}

/// The secret half: what only this device has.
#[derive(Clone, Debug)]
pub struct DeviceSecret {
    /// Signs for this device.
    pub signer: Signer,
    /// Opens what is sealed to this device.
    pub opener: SealedTo,
}

impl DeviceSecret {
    /// The keys that grow from 64 random bytes.
    #[must_use]
    pub fn from_seeds(signing: [u8; 32], sealing: [u8; 32]) -> Self {
        Self {
            signer: Signer::from_seed(signing),
            opener: SealedTo::from_seed(sealing),
        }
    }

    /// The public half.
    #[must_use]
    pub fn keys(&self) -> DeviceKeys {
        DeviceKeys {
            signing: self.signer.verify_key(),
            sealing: self.opener.public(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        self.keys().id()
    }
}

#[cfg(test)]
mod tests;
