//! The `hearth-server` binary: reads the flags, opens the doors, says where they are, and serves until told to stop.

use std::io;

use anyhow::{Context, Result};
use clap::Parser as _;
use hearth_server::{Config, Doors, serve, start_logs};

#[tokio::main]
async fn main() -> Result<()> {
    let config = Config::parse();
    start_logs(&config);
    let stop = stop_signal().context("this system gives no stop signal to wait for")?;
    let doors = Doors::open(&config).await?;
    doors
        .announce(&mut io::stdout().lock())
        .context("the address could not be printed")?;
    serve(&config, doors, stop).await?;
    Ok(())
}

/// Ends at the first Ctrl-C or, on Unix, `SIGTERM`. Listening starts at once, so that no signal is missed while opening.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends at the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
