//! A real server in this process, on real sockets, with its data in a folder that goes when the test ends.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;

use clap::Parser as _;
use hearth_server::db::Database;
use hearth_server::{Config, Doors, ServeError, serve, serve_database};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Answer, Outcome, ask};

type Stopped = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Stopped by [`RunningServer::stop`], or rudely when dropped.
#[derive(Debug)]
pub struct RunningServer {
    /// Where it answers.
    pub address: SocketAddr,
    /// Where the phone's HTTPS and its plain page are, with `--phone`.
    pub phone: Option<(SocketAddr, SocketAddr)>,
    folder: TempDir,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl RunningServer {
    /// Starts with these flags on a free port, over SQLite.
    ///
    /// # Errors
    /// Where the server does not start.
    pub async fn start(flags: &[&str]) -> Outcome<Self> {
        Self::start_in(tempfile::tempdir()?, flags).await
    }

    /// Starts over what an earlier server left in this folder.
    ///
    /// # Errors
    /// Where the server does not start.
    pub async fn start_in(folder: TempDir, flags: &[&str]) -> Outcome<Self> {
        Self::start_with(folder, flags, |config, doors, stopped| async move {
            serve(&config, doors, stopped).await
        })
        .await
    }

    /// Starts over a database of the test's own.
    ///
    /// # Errors
    /// Where the server does not start.
    pub async fn start_on(
        database: impl Database,
        folder: TempDir,
        flags: &[&str],
    ) -> Outcome<Self> {
        Self::start_with(folder, flags, |config, doors, stopped| async move {
            serve_database(&config, doors, database, stopped).await
        })
        .await
    }

    async fn start_with<F>(
        folder: TempDir,
        flags: &[&str],
        run: impl FnOnce(Config, Doors, Stopped) -> F,
    ) -> Outcome<Self>
    where
        F: Future<Output = Result<(), ServeError>> + Send + 'static,
    {
        let data = folder.path().join("hearth.sqlite");
        let data = data.to_str().ok_or("the folder's name is not text")?;
        let fixed = ["hearth-server", "--listen", "127.0.0.1:0", "--data", data];
        let config = Config::try_parse_from(fixed.iter().chain(flags))?;
        let doors = Doors::open(&config).await?;
        let address = doors.address();
        let phone = doors
            .phone()
            .map(|phone| (phone.secure_address(), phone.help_address()));
        let (stop, stopped) = oneshot::channel();
        let stopped: Stopped = Box::pin(async {
            let _ = stopped.await;
        });
        let task = tokio::spawn(run(config, doors, stopped));
        Ok(Self {
            address,
            phone,
            folder,
            stop,
            task,
        })
    }

    /// One request over a connection of its own.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn ask(&self, request: &str, headers: &[(&str, &str)]) -> Outcome<Answer> {
        ask(self.address, request, headers).await
    }

    /// Where the database and what lies beside it are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Tells it to stop, waits until it has, and gives its folder on.
    ///
    /// # Errors
    /// Where it ended badly.
    pub async fn stop(self) -> Outcome<TempDir> {
        let _ = self.stop.send(());
        self.task.await??;
        Ok(self.folder)
    }
}
