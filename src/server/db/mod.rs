//! Where everything lasting is kept. One method is one transaction, and what it returned `Ok` for is on the disk.
//!
//! [`MemoryDatabase`] serves simulations, [`SqliteDatabase`] the world; one suite of tests runs on both.

use std::path::PathBuf;

use thiserror::Error;

use crate::identity::IdentityRecord;

mod memory;
mod sqlite;

pub use memory::MemoryDatabase;
pub use sqlite::SqliteDatabase;

/// What the server asks of a database.
pub trait Database: Clone + Send + Sync + 'static {
    /// Ends well once the database has answered a read.
    fn check(&self) -> impl Future<Output = Result<(), DatabaseError>> + Send;

    /// Keeps `fresh` where no identity is kept yet, and returns the one that is: the first stays for good.
    fn keep_identity(
        &self,
        fresh: &IdentityRecord,
    ) -> impl Future<Output = Result<IdentityRecord, DatabaseError>> + Send;
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
}
