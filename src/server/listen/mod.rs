//! The accept loop. It is our own because every limit must hold before a request is one:
//! on how many connections, how long a header takes, how large it is, how long nothing is said.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::config::Limits;

mod connection;
mod quiet;

/// One address, and what it serves.
pub(crate) struct Door {
    pub(crate) listener: TcpListener,
    /// Present where the address speaks HTTPS.
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) router: Router,
}

/// How long to wait where the system has no room for one more connection.
const ROOM_PAUSE: Duration = Duration::from_millis(200);

/// Answers at one address until `stopped` turns true, then lets what is under way finish.
/// `seats` are the connections that all addresses together may have.
pub(crate) async fn answer(
    door: Door,
    limits: Limits,
    seats: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
) {
    let mut stop = std::pin::pin!(wait_until(stopped));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => {}
            accepted = door.listener.accept() => match accepted {
                Ok((stream, _)) => seat(&mut connections, stream, &door, &limits, &seats, graceful.watcher()),
                Err(error) => rest_after(&error).await,
            }
        }
    }
    let Door { listener, .. } = door;
    drop(listener);
    if tokio::time::timeout(limits.drain_time, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(
            connections = connections.len(),
            "stopped with requests under way"
        );
    }
}

/// A sender that is gone means stop as well.
async fn wait_until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Closes at once where every seat is taken: a caller that waits in line would take it for a slow network.
fn seat(
    connections: &mut JoinSet<()>,
    stream: TcpStream,
    door: &Door,
    limits: &Limits,
    seats: &Arc<Semaphore>,
    watcher: Watcher,
) {
    let Ok(seat) = Arc::clone(seats).try_acquire_owned() else {
        tracing::warn!("closed a connection: as many are open as may be");
        return;
    };
    let conversation = connection::converse(
        stream,
        door.tls.clone(),
        door.router.clone(),
        limits.clone(),
        watcher,
    );
    connections.spawn(async move {
        if let Err(error) = conversation.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(seat);
    });
}

/// A caller that has gone is no matter; where the system is out of files, only time helps.
async fn rest_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!(%error, "no connection could be taken");
        tokio::time::sleep(ROOM_PAUSE).await;
    }
}
