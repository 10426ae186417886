//! The server: carries the built app and its own identity; with the wire it will keep what phones send it, sealed.
//!
//! Of ours it may depend on the protocol alone (today it needs nothing), so it cannot name a story, and no word that
//! a person wrote may enter here:
//! not a table, not a log line, not an error. Each folder is one thing the server does; a handler stays a few
//! lines long and hands over to the [`db::Database`].
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

use crate::app::App;
use crate::db::{Database, DatabaseError, SqliteDatabase};
use crate::identity::{Identity, IdentityError};

mod app;
pub mod config;
pub mod db;
mod doors;
mod files;
mod headers;
mod health;
pub mod identity;
mod listen;
mod logs;
pub mod phone;
mod router;

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
    let house = router::House {
        database,
        identity,
        app,
    };
    let seats = Arc::new(Semaphore::new(config.limits.connections));
    let (stopping, stopped) = tokio::sync::watch::channel(false);
    let mut open = JoinSet::new();
    for door in doors.hang(&house, &config.limits) {
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
