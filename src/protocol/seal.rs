//! Sealing: XChaCha20-Poly1305 under keys that serve one purpose each.
//!
//! Every derived key has its own label `hearth/1/<purpose>` (HKDF-SHA256, RFC 5869). Nonces
//! are random: 24 bytes are long enough to draw one for every sealing without counting.

use crate::label::Label;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

/// The first byte of every sealed box; it fixes cipher and layout.
pub const BOX_VERSION: u8 = 1;

/// Bytes of nonce in a sealed box.
pub const NONCE_BYTES: usize = 24;

/// A 32-byte secret. Its bytes are in no `Debug` output.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl core::fmt::Debug for Key {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Key(..)")
    }
}

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not sealed by this key, for this place, or damaged since.
    #[error("it does not open with this key, or it is damaged")]
    DoesNotOpen,
    /// Sealed by a later version: keep it, it opens after an update.
    #[error("sealed by version {0}")]
    Later(u8),
}

impl Key {
    /// Takes 32 secret bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key for one purpose. Two purposes never share a key.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        let mut bytes = [0; 32];
        let label = [b"hearth/1/", purpose.as_bytes()].concat();
        // 32 bytes is far below HKDF's limit of 255 hashes, so this cannot fail.
        let _: Result<(), hkdf::InvalidLength> =
            Hkdf::<Sha256>::new(None, &self.0).expand(&label, &mut bytes);
        Self(bytes)
    }

    /// The key for one purpose in one place: circle, stream, epoch, whatever the label asks for.
    #[must_use]
    pub fn derive_for(&self, label: Label, parts: &[&[u8]]) -> Self {
        Self::derive_from(&self.0, label, parts)
    }

    /// [`Key::derive_for`] of a secret that is not 32 bytes long: it is HKDF's input as it is.
    #[must_use]
    pub fn derive_from(secret: &[u8], label: Label, parts: &[&[u8]]) -> Self {
        let mut bytes = [0; 32];
        // 32 bytes is far below HKDF's limit of 255 hashes, so this cannot fail.
        let _: Result<(), hkdf::InvalidLength> =
            Hkdf::<Sha256>::new(None, secret).expand(&label.message(parts), &mut bytes);
        Self(bytes)
    }

    /// The secret bytes, to be sealed for another device or used as a seed.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `plain` for one `place` (associated data): `version | nonce | ciphertext and tag`.
    ///
    /// # Errors
    /// [`SealError::DoesNotOpen`] where the cipher refuses the length (256 GiB).
    pub fn seal(
        &self,
        nonce: [u8; NONCE_BYTES],
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let sealed = self.encrypt(nonce, place, plain)?;
        let mut sealed_box = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        sealed_box.push(BOX_VERSION);
        sealed_box.extend_from_slice(&nonce);
        sealed_box.extend_from_slice(&sealed);
        Ok(sealed_box)
    }

    /// Opens what [`Key::seal`] made for the same place.
    ///
    /// # Errors
    /// See [`SealError`]; no input panics.
    pub fn open(&self, place: &[u8], sealed_box: &[u8]) -> Result<Vec<u8>, SealError> {
        let (version, rest) = sealed_box.split_first().ok_or(SealError::DoesNotOpen)?;
        if *version != BOX_VERSION {
            return Err(SealError::Later(*version));
        }
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(SealError::DoesNotOpen)?;
        self.decrypt(*nonce, place, sealed)
    }

    /// Ciphertext and tag alone, for objects that carry their nonce in a field.
    pub(crate) fn encrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let payload = Payload {
            msg: plain,
            aad: place,
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        sealed.map_err(|_| SealError::DoesNotOpen)
    }

    /// Opens what [`Key::encrypt`] made.
    pub(crate) fn decrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let payload = Payload {
            msg: sealed,
            aad: place,
        };
        let plain = self.cipher().decrypt(&XNonce::from(nonce), payload);
        plain.map_err(|_| SealError::DoesNotOpen)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

#[cfg(test)]
mod tests;
