//! The backup file, version 2 (`docs/backup-format.md`): rows under one passphrase, in chunks
//! that stand alone, so that a damaged one takes nothing else with it, and in parts that do too.
//!
//! What the rows mean, and which go into a file, is the vault's: here they are names and bytes.
//! No store, clock or key of a vault may enter.

mod header;
mod index;
mod passphrase;
mod read;
mod row;
mod write;

pub(crate) use header::{Form, Opener, Set, SetName};
pub(crate) use index::{INDEX, Index};
pub(crate) use passphrase::check_passphrase;
pub(crate) use read::Reader;
pub(crate) use row::{Row, row_bytes};
pub(crate) use write::Writer;

use crate::ports::{NoRandomness, SourceError};

/// Where a file gets its random bytes.
pub(crate) type Draw<'a> = &'a dyn Fn(&mut [u8]) -> Result<(), NoRandomness>;

/// Why a file was not made or does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BackupError {
    /// See [`NoRandomness`].
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// See [`SourceError`].
    #[error(transparent)]
    Source(#[from] SourceError),
    /// It does not begin or end as a backup does.
    #[error("not a backup")]
    NotABackup,
    /// Of a later version of the format.
    #[error("a backup of version {0}")]
    Later(u8),
    /// The passphrase is another one.
    #[error("not the passphrase of this backup")]
    WrongPassphrase,
    /// Under 12 characters and under 4 words.
    #[error("the passphrase is too short")]
    WeakPassphrase,
    /// The phone cannot spare the memory that a passphrase is stretched in.
    #[error("not enough memory")]
    NoRoom,
    /// More rows than a file can number.
    #[error("more than one file holds")]
    TooLong,
}

#[cfg(test)]
pub(crate) mod tests;
