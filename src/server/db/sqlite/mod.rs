//! The database of the world: one SQLite file, written ahead (WAL) and synced to the disk at every commit.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Row as _, SqlSafeStr as _};

use super::{Database, DatabaseError};
use crate::identity::IdentityRecord;

#[cfg(test)]
mod tests;

/// Each step ran once on somebody's file: add steps, never edit one.
const STEPS: [(&str, &str); 1] = [(
    "identity",
    include_str!("../../migrations/sqlite/0001_identity.sql"),
)];

const READERS: u32 = 4;
const BUSY_TIME: Duration = Duration::from_secs(5);

/// SQLite takes one writer at a time, so writing has one connection and waits in our own queue.
#[derive(Clone, Debug)]
pub struct SqliteDatabase {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteDatabase {
    /// Opens the file, making it, its folder and its tables where they are missing.
    ///
    /// # Errors
    /// Where the file cannot be had, or belongs to a newer server.
    pub async fn open(path: &Path) -> Result<Self, DatabaseError> {
        prepare_file(path).map_err(|source| DatabaseError::Open {
            path: path.to_owned(),
            source,
        })?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIME)
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        migrate(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Ends the connections, which folds the write-ahead file into the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Database for SqliteDatabase {
    async fn check(&self) -> Result<(), DatabaseError> {
        sqlx::query("SELECT count(*) FROM server_identity")
            .execute(&self.readers)
            .await?;
        Ok(())
    }

    async fn keep_identity(&self, fresh: &IdentityRecord) -> Result<IdentityRecord, DatabaseError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("INSERT INTO server_identity (only, id, seed) VALUES (1, ?, ?) ON CONFLICT (only) DO NOTHING")
            .bind(fresh.id.as_slice())
            .bind(fresh.seed.as_slice())
            .execute(&mut *transaction)
            .await?;
        let row = sqlx::query("SELECT id, seed FROM server_identity WHERE only = 1")
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(IdentityRecord {
            id: read_bytes(row.try_get(0)?, "server id")?,
            seed: read_bytes(row.try_get(1)?, "server key")?,
        })
    }
}

fn read_bytes<const N: usize>(bytes: &[u8], what: &'static str) -> Result<[u8; N], DatabaseError> {
    bytes.try_into().map_err(|_| DatabaseError::Damaged(what))
}

async fn migrate(writer: &SqlitePool) -> Result<(), DatabaseError> {
    let steps = (1..).zip(STEPS).map(|(version, (name, sql))| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
        .run(writer)
        .await?;
    Ok(())
}

/// The file holds the server's key, so it is made for its owner's eyes only; SQLite gives its side files the same rights.
fn prepare_file(path: &Path) -> io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        crate::files::make_private_folder(folder)?;
    }
    crate::files::open_private(fs::OpenOptions::new().append(true).create(true), path)?;
    Ok(())
}
