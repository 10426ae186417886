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

    /// Whether something can be sealed to it: X25519 with a point of small order gives zeros,
    /// whatever the secret, and HPKE refuses that.
    #[must_use]
    pub fn can_receive(&self) -> bool {
        let mut point = self.sealing;
        // X25519 does not look at the highest bit (RFC 7748, 5).
        point[31] &= 0x7f;
        !SMALL_ORDER.contains(&point)
    }
}

/// Every point of small order on Curve25519 and its twist, with p and p + 1 as second spellings
/// of 0 and 1 (D. J. Bernstein, "Curve25519: new Diffie-Hellman speed records", and libsodium).
const SMALL_ORDER: [[u8; 32]; 7] = [
    framed(0x00, 0x00, 0x00),
    framed(0x01, 0x00, 0x00),
    framed(0xec, 0xff, 0x7f),
    framed(0xed, 0xff, 0x7f),
    framed(0xee, 0xff, 0x7f),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4,
        0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49,
        0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef,
        0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f,
        0x11, 0x57,
    ],
];

const fn framed(first: u8, between: u8, last: u8) -> [u8; 32] {
    let mut bytes = [between; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
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
