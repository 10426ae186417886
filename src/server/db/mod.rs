//! Where everything lasting is kept. One method is one transaction, and what it returned `Ok` for is on the disk.
//!
//! Nothing is decided here but what only a transaction can decide: that the head, the log and the holds are still
//! those that the caller looked at. [`MemoryDatabase`] serves simulations, [`SqliteDatabase`] the world; one suite of
//! tests runs on both.

use std::path::PathBuf;

use thiserror::Error;

use crate::identity::IdentityRecord;

mod blob;
mod control;
mod invite;
mod keys;
mod log;
mod memory;
mod sqlite;

pub use blob::{BlobDatabase, BlobPart, BlobRow};
pub use control::{ControlDatabase, ControlTail, CutRule, EntryAppend, EntryOutcome, MOST_FOUND};
pub use invite::{InviteChange, InviteDatabase, InviteRow, Kept};
pub use keys::{KeyDatabase, StoredGrant};
pub use log::{
    AppendOutcome, Erasure, FramesAppend, LogDatabase, LogQuestion, LogView, NamedRow, NewRow,
    StoredRow,
};
pub use memory::MemoryDatabase;
pub use sqlite::SqliteDatabase;

/// What a method of a database ends with.
pub type Stored<T> = Result<T, DatabaseError>;

/// What the server asks of a database.
pub trait Database:
    ControlDatabase
    + KeyDatabase
    + LogDatabase
    + BlobDatabase
    + InviteDatabase
    + Clone
    + Send
    + Sync
    + 'static
{
    /// Ends well once the database has answered a read.
    fn check(&self) -> impl Future<Output = Stored<()>> + Send;

    /// Keeps `fresh` where no identity is kept yet, and returns the one that is: the first stays for good.
    fn keep_identity(
        &self,
        fresh: &IdentityRecord,
    ) -> impl Future<Output = Stored<IdentityRecord>> + Send;
}

/// Why the database did not do what it was asked.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// The file or its folder cannot be made or opened.
    #[error("the database {path} could not be opened: {source}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file was written by a newer server, or a step was changed after it ran.
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// SQLite refused.
    #[error("the database refused: {0}")]
    Refused(#[from] sqlx::Error),
    /// A row is not as it was written.
    #[error("the database holds a damaged {0}")]
    Damaged(&'static str),
    /// The transaction that this was part of did not reach the disk: nothing of it counts.
    #[error("the database did not commit")]
    NotCommitted,
    /// Others changed the same again and again.
    #[error("the database is too busy")]
    Busy,
    /// What has to outlive the database could not be written beside it.
    #[error("the journal could not be written")]
    Journal,
}
