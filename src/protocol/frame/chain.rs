//! The chain of one device's headers in one stream. Whoever verified the newest signature and
//! followed the hashes below it has verified them all.

use super::Outline;
use crate::id::Hash;

/// The newest header that is known of a device in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainPoint {
    /// Its number; 0 before the first.
    pub dev_seq: u64,
    /// Its hash.
    pub header: Hash,
}

/// Why a header does not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// This number comes first.
    #[error("number {0} comes first")]
    Gap(u64),
    /// Its number is taken: compare the hashes.
    #[error("its number was there before")]
    Taken,
    /// It follows another header than the one that is known: two histories of one device.
    #[error("it follows another header")]
    OtherHistory,
}

impl ChainPoint {
    /// Before the first header.
    pub const START: Self = Self {
        dev_seq: 0,
        header: Hash::ZERO,
    };

    /// The point after this header.
    ///
    /// # Errors
    /// See [`ChainError`].
    pub fn after(&self, outline: &Outline) -> Result<Self, ChainError> {
        if outline.dev_seq <= self.dev_seq {
            return Err(ChainError::Taken);
        }
        if outline.dev_seq != self.dev_seq + 1 {
            return Err(ChainError::Gap(self.dev_seq + 1));
        }
        if outline.prev != self.header {
            return Err(ChainError::OtherHistory);
        }
        Ok(Self {
            dev_seq: outline.dev_seq,
            header: outline.hash,
        })
    }
}
