//! One connection, from its first byte to its last.

use std::error::Error;
use std::io;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::quiet::QuietLimit;
use crate::config::Limits;

/// Requests of one HTTP/2 connection at one time.
const STREAMS: u32 = 64;
/// How often an HTTP/2 caller is asked whether it is there, and how long it has to say so.
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_ANSWER: Duration = Duration::from_secs(10);

/// Speaks until either side has had enough, or the server stops and the request under way is answered.
pub(super) async fn converse(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    watcher: Watcher,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    stream.set_nodelay(true)?;
    let stream = QuietLimit::new(stream, limits.idle_time);
    let builder = set_limits(&limits);
    match tls {
        // The version is known before the first byte: to guess it would mean waiting for bytes without a limit.
        None => speak(builder.http1_only(), stream, router, watcher).await,
        Some(tls) => {
            let stream = tokio::time::timeout(limits.header_time, tls.accept(stream))
                .await
                .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            let builder = match stream.get_ref().1.alpn_protocol() {
                Some(b"h2") => builder.http2_only(),
                _ => builder.http1_only(),
            };
            speak(builder, stream, router, watcher).await
        }
    }
}

async fn speak(
    builder: Builder<TokioExecutor>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    watcher: Watcher,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let service = TowerToHyperService::new(router);
    let connection = builder
        .serve_connection(TokioIo::new(stream), service)
        .into_owned();
    watcher.watch(connection).await
}

fn set_limits(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_headers(limits.header_count)
        .max_buf_size(limits.header_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PING_ANSWER);
    builder
}
