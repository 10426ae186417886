//! Attachments: STREAM (Hoang et al., 2015, as in age) over ChaCha20-Poly1305.
//!
//! Chunks of 64 KiB, each with its number and whether it is the last, so that sending and
//! fetching go on where they broke off, and a missing, doubled, moved or cut chunk is noticed.
//! The key serves one attachment once; it lies in the change beside the ciphertext's hash.

use crate::id::{BlobId, CircleId, Hash, StreamId};
use crate::label::{Label, LabelHasher};
use crate::limits::{BLOB_CHUNK, LONGEST_BLOB};
use crate::pad::{pad, unpad};
use crate::seal::Key;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};

/// Bytes that sealing adds to a chunk.
const TAG: usize = 16;

/// Bytes of one sealed chunk; the last may be shorter.
pub const SEALED_CHUNK: usize = BLOB_CHUNK + TAG;

/// Why an attachment cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// Longer than the limit, or of a length that no attachment has.
    #[error("not a length an attachment can have")]
    Length,
    /// A chunk is damaged, of another attachment, or in another place.
    #[error("a part of it is damaged or not in its place")]
    DoesNotOpen,
}

/// What seals and opens one attachment, in one place.
pub struct BlobCipher {
    cipher: ChaCha20Poly1305,
}

impl BlobCipher {
    /// `key` is 32 random bytes made for this attachment and for nothing else.
    #[must_use]
    pub fn new(key: &Key, circle: &CircleId, stream: &StreamId, blob: &BlobId) -> Self {
        let key = key.derive_for(Label::BlobKey, &[&circle.0, &stream.0, &blob.0]);
        Self {
            cipher: ChaCha20Poly1305::new(&(*key.expose()).into()),
        }
    }

    /// Pads and seals the whole.
    ///
    /// # Errors
    /// [`BlobError::Length`] beyond [`LONGEST_BLOB`].
    pub fn seal(&self, content: &[u8]) -> Result<Vec<u8>, BlobError> {
        let plain = pad(content);
        let chunks = plain.len().div_ceil(BLOB_CHUNK);
        if plain.len() + chunks * TAG > LONGEST_BLOB {
            return Err(BlobError::Length);
        }
        let mut sealed = Vec::with_capacity(plain.len() + chunks * TAG);
        for (index, chunk) in plain.chunks(BLOB_CHUNK).enumerate() {
            let nonce = nonce(index, index + 1 == chunks);
            let part = self.cipher.encrypt(&nonce, chunk);
            sealed.extend(part.map_err(|_| BlobError::Length)?);
        }
        Ok(sealed)
    }

    /// Opens the whole.
    ///
    /// # Errors
    /// See [`BlobError`]; nothing is given out before the last chunk has opened.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, BlobError> {
        if sealed.len() > LONGEST_BLOB {
            return Err(BlobError::Length);
        }
        let chunks = sealed.len().div_ceil(SEALED_CHUNK);
        let mut plain = Vec::with_capacity(sealed.len());
        for (index, chunk) in sealed.chunks(SEALED_CHUNK).enumerate() {
            plain.extend(self.open_chunk(index, index + 1 == chunks, chunk)?);
        }
        let content = unpad(&plain).map_err(|_| BlobError::Length)?;
        Ok(content.to_vec())
    }

    /// Opens one chunk of a longer attachment while the rest is still on its way, so that a
    /// damaged part is known before the next is fetched. It is still padded.
    ///
    /// # Errors
    /// [`BlobError::DoesNotOpen`].
    pub fn open_chunk(
        &self,
        index: usize,
        is_last: bool,
        chunk: &[u8],
    ) -> Result<Vec<u8>, BlobError> {
        self.cipher
            .decrypt(&nonce(index, is_last), chunk)
            .map_err(|_| BlobError::DoesNotOpen)
    }
}

/// Hashes the sealed bytes as they come; the change, the server and the receipt agree on it.
#[derive(Clone)]
pub struct BlobHasher(LabelHasher);

impl Default for BlobHasher {
    fn default() -> Self {
        Self(LabelHasher::new(Label::BlobBytes))
    }
}

impl BlobHasher {
    /// Takes the next sealed bytes.
    pub fn update(&mut self, sealed: &[u8]) {
        self.0.update(sealed);
    }

    /// The hash of all of them.
    #[must_use]
    pub fn finish(self) -> Hash {
        self.0.finish()
    }
}

/// 11 bytes of counter, one that says whether this is the last chunk.
fn nonce(index: usize, is_last: bool) -> Nonce {
    let mut bytes = [0; 12];
    bytes[3..11].copy_from_slice(&(index as u64).to_be_bytes());
    bytes[11] = u8::from(is_last);
    bytes.into()
}

#[cfg(test)]
mod tests;
