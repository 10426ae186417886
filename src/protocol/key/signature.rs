//! Ed25519 (RFC 8032), verified strictly: small-order keys and second spellings are refused.

use crate::form::{Field, FormError};
use crate::label::Label;
use crate::value::Value;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

/// The signature does not belong to this key and these bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not of this key over these bytes")]
pub struct BadSignature;

/// 64 bytes of signature. Signing twice may give two of them, so none is ever hashed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl core::fmt::Debug for Signature {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Signature({:02x}{:02x}..)", self.0[0], self.0[1])
    }
}

/// A public key that verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyKey(pub [u8; 32]);

impl VerifyKey {
    /// Whether the owner of this key signed these parts under this label.
    ///
    /// # Errors
    /// [`BadSignature`], also where the key is none.
    pub fn verify(
        &self,
        label: Label,
        parts: &[&[u8]],
        signature: &Signature,
    ) -> Result<(), BadSignature> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| BadSignature)?;
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(&label.message(parts), &signature)
            .map_err(|_| BadSignature)
    }
}

/// Whatever can sign for one device.
pub trait Sign {
    /// Signs these parts under this label.
    fn sign(&self, label: Label, parts: &[&[u8]]) -> Signature;

    /// The key that verifies.
    fn verify_key(&self) -> VerifyKey;
}

/// A secret signing key. Its bytes are in no `Debug` output.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// The key that grows from 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }
}

impl Sign for Signer {
    fn sign(&self, label: Label, parts: &[&[u8]]) -> Signature {
        Signature(self.0.sign(&label.message(parts)).to_bytes())
    }

    fn verify_key(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }
}

impl core::fmt::Debug for Signer {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Signer(..)")
    }
}

impl Field for Signature {
    fn read(value: Value) -> Result<Self, FormError> {
        Field::read(value).map(Self)
    }

    fn write(&self) -> Value {
        self.0.write()
    }
}

impl Field for VerifyKey {
    fn read(value: Value) -> Result<Self, FormError> {
        Field::read(value).map(Self)
    }

    fn write(&self) -> Value {
        self.0.write()
    }
}

#[cfg(test)]
mod tests;
