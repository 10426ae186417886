//! The database of the world: one SQLite file, written ahead (WAL) and synced to the disk at every commit.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use hearth_protocol::CircleId;
use hearth_protocol::frame::Place;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Row as _, SqlSafeStr as _};

use super::{Database, DatabaseError, Stored};
use crate::identity::IdentityRecord;
use writer::Writer;

mod append;
mod blob;
mod control;
mod invite;
mod keys;
mod log;
#[cfg(test)]
mod tests;
mod value;
mod writer;

/// Each step ran once on somebody's file: add steps, never edit one.
const STEPS: [(&str, &str); 4] = [
    (
        "identity",
        include_str!("../../migrations/sqlite/0001_identity.sql"),
    ),
    (
        "wire",
        include_str!("../../migrations/sqlite/0002_wire.sql"),
    ),
    (
        "blobs and invites",
        include_str!("../../migrations/sqlite/0003_blobs_and_invites.sql"),
    ),
    (
        "recovery keys",
        include_str!("../../migrations/sqlite/0004_recovery_keys.sql"),
    ),
];

const READERS: u32 = 4;
/// Pages of the file that each connection keeps, in KiB below zero, as SQLite counts: a family reads the end of its log, and the system keeps the rest.
const CACHE: &str = "-512";
const BUSY_TIME: Duration = Duration::from_secs(5);

/// SQLite takes one writer at a time, so writing has one connection and waits in our own line.
#[derive(Clone, Debug)]
pub struct SqliteDatabase {
    writer_pool: SqlitePool,
    writer: Writer,
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
            .pragma("cache_size", CACHE)
            .busy_timeout(BUSY_TIME)
            .disable_statement_logging();
        let writer_pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        migrate(&writer_pool).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self {
            writer: Writer::start(writer_pool.clone()),
            writer_pool,
            readers,
        })
    }

    /// Ends the connections, which folds the write-ahead file into the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer_pool.close().await;
    }
}

impl Database for SqliteDatabase {
    async fn check(&self) -> Stored<()> {
        sqlx::query("SELECT count(*) FROM server_identity")
            .execute(&self.readers)
            .await?;
        Ok(())
    }

    async fn keep_identity(&self, fresh: &IdentityRecord) -> Stored<IdentityRecord> {
        let fresh = fresh.clone();
        self.writer
            .write(move |connection| Box::pin(keep_identity(connection, fresh)))
            .await
    }
}

async fn keep_identity(
    connection: &mut SqliteConnection,
    fresh: IdentityRecord,
) -> Stored<IdentityRecord> {
    sqlx::query("INSERT INTO server_identity (only, id, seed) VALUES (1, ?, ?) ON CONFLICT (only) DO NOTHING")
        .bind(fresh.id.as_slice())
        .bind(fresh.seed.as_slice())
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("SELECT id, seed FROM server_identity WHERE only = 1")
        .fetch_one(&mut *connection)
        .await?;
    Ok(IdentityRecord {
        id: value::array(&row, 0)?,
        seed: value::array(&row, 1)?,
    })
}

/// The number that stands for a circle in other tables.
async fn find_circle(connection: &mut SqliteConnection, circle: &CircleId) -> Stored<Option<i64>> {
    let row = sqlx::query("SELECT id FROM circle WHERE name = ?")
        .bind(circle.0.as_slice())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// The number that stands for the log of a stream.
async fn find_log(connection: &mut SqliteConnection, place: &Place) -> Stored<Option<i64>> {
    let row = sqlx::query(
        "SELECT l.id FROM stream_log l JOIN circle c ON c.id = l.circle WHERE c.name = ? AND l.stream = ?",
    )
    .bind(place.circle.0.as_slice())
    .bind(place.stream.0.as_slice())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

async fn add_used(connection: &mut SqliteConnection, circle: i64, bytes: i64) -> Stored<()> {
    sqlx::query("UPDATE circle SET used = max(0, used + ?) WHERE id = ?")
        .bind(bytes)
        .bind(circle)
        .execute(connection)
        .await?;
    Ok(())
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
