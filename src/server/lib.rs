//! The server: carries the built app, and keeps what phones send it, sealed, in an order that it signs.
//!
//! Of ours it may depend on the protocol alone, so it cannot name a story, and no word that a person wrote may enter here:
//! not a table, not a log line, not an error. Each folder is one thing the server does. Requests of the protocol all go
//! through [`api::Api`], which knows no sockets; what lasts is in the [`db::Database`], and what must outlive that in the
//! [`journal`].
//!
//! ```no_run
//! # use clap::Parser as _;
//! # async fn run() -> Result<(), hearth_server::ServeError> {
//! let config = hearth_server::Config::parse_from(["hearth-server", "--listen", "127.0.0.1:0"]);
//! let doors = hearth_server::Doors::open(&config).await?;
//! hearth_server::serve(&config, doors, std::future::pending()).await
//! # }
//! ```

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::api::Api;
use crate::app::App;
use crate::db::{Database, DatabaseError, SqliteDatabase};
use crate::identity::{Identity, IdentityError};
use crate::journal::FileJournal;
use crate::wire::Hub;

pub mod api;
mod app;
mod attachment;
pub mod config;
pub mod db;
mod doors;
mod exchange;
mod files;
mod headers;
mod health;
mod hold;
pub mod identity;
mod invite;
pub mod journal;
mod listen;
mod log;
mod logs;
pub mod phone;
mod recovery;
mod router;
mod wire;

pub use config::Config;
pub use doors::Doors;
pub use logs::start_logs;

/// Why the server could not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address is in use, or is not this machine's.
    #[error("{address} could not be opened: {source}")]
    Listen {
        /// What was asked for.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder given with `--app` holds no app.
    #[error("{0} holds no index.html: give the folder of the built app")]
    NoApp(String),
    /// The database could not be opened.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The server's own identity could not be made or read.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The journal could not be opened.
    #[error("the journal {path} could not be opened: {source}")]
    Journal {
        /// The file.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What `--phone` needs could not be prepared.
    #[error(transparent)]
    Phone(#[from] phone::PhoneError),
}

/// Serves until `stop` ends, then lets the requests under way finish, for at most [`config::Limits::drain_time`].
///
/// # Errors
/// Where the database, the identity or the app folder cannot be opened; nothing is answered then.
pub async fn serve(
    config: &Config,
    doors: Doors,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let database = SqliteDatabase::open(&config.data).await?;
    serve_database(config, doors, database.clone(), stop).await?;
    database.close().await;
    Ok(())
}

/// [`serve`], over a database of the caller's choosing.
///
/// # Errors
/// As [`serve`].
pub async fn serve_database<D: Database>(
    config: &Config,
    doors: Doors,
    database: D,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let identity = Arc::new(Identity::load(&database).await?);
    let app = Arc::new(App::open(config.app.as_deref())?);
    let journal = open_journal(config, &database).await?;
    let (stopping, stopped) = tokio::sync::watch::channel(false);
    let house = router::House {
        api: Api::new(database.clone(), Arc::clone(&identity), config.settings())
            .with_journal(journal),
        database,
        identity,
        app,
        hub: Hub::default(),
        origins: Arc::default(),
        stopped: stopped.clone(),
        silence: config.limits.silence(),
    };
    let seats = Arc::new(Semaphore::new(config.limits.connections));
    let mut open = JoinSet::new();
    for door in doors.hang(&house, config) {
        open.spawn(listen::answer(
            door,
            config.limits.clone(),
            Arc::clone(&seats),
            stopped.clone(),
        ));
    }
    stop.await;
    tracing::info!("stopping");
    let _ = stopping.send(true);
    open.join_all().await;
    Ok(())
}

/// Opens the journal, and brings it and the database to the same state.
async fn open_journal(
    config: &Config,
    database: &impl Database,
) -> Result<Arc<FileJournal>, ServeError> {
    let path = config.journal();
    let opened = FileJournal::open(&path);
    let (journal, records) = opened.map_err(|source| ServeError::Journal { path, source })?;
    journal::replay(database, &journal, records).await?;
    Ok(Arc::new(journal))
}
