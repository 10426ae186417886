//! News, as server-sent events that a client reads through a signed `fetch`: one hint to pull for each change, and a comment
//! now and then so that nobody takes the silence for a dead line.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use hearth_protocol::exchange::Status;
use tokio::sync::watch;

use super::routes::{read_clock, status_of};
use crate::api::{Api, Listener};
use crate::db::Database;
use crate::router::House;

/// The longest silence. Proxies close what is silent for a minute.
pub(crate) const LONGEST_SILENCE: Duration = Duration::from_secs(20);

const NEWS: &str = "data: new\n\n";
const NOTHING: &str = ":\n\n";

/// An answer that goes on until the server stops, the device is removed, or the caller leaves.
pub(super) fn open_news<D: Database>(house: House<D>, listener: Listener) -> Response {
    let Some(news) = house.hub.listen(listener.circle) else {
        let words = "as many listen to this circle as may";
        return (status_of(Status::TooMany.code()), words).into_response();
    };
    let line = Line {
        api: house.api,
        listener,
        news,
        stopped: house.stopped,
        silence: house.silence,
        has_begun: false,
    };
    let events = stream::unfold(line, |mut line| async {
        let event = line.next().await?;
        Some((Ok::<_, Infallible>(event), line))
    });
    (
        [(header::CONTENT_TYPE, "text/event-stream")],
        Body::from_stream(events),
    )
        .into_response()
}

struct Line<D> {
    api: Api<D>,
    listener: Listener,
    news: watch::Receiver<u64>,
    stopped: watch::Receiver<bool>,
    silence: Duration,
    has_begun: bool,
}

impl<D: Database> Line<D> {
    /// The next event; `None` ends it.
    async fn next(&mut self) -> Option<&'static str> {
        // At once, so that the caller knows that it is heard from here on.
        if !std::mem::replace(&mut self.has_begun, true) {
            return Some(NOTHING);
        }
        let event = tokio::select! {
            _ = self.stopped.wait_for(|stopped| *stopped) => return None,
            changed = self.news.changed() => changed.ok().map(|()| NEWS)?,
            () = tokio::time::sleep(self.silence) => NOTHING,
        };
        let may_listen = self.api.may_listen(&self.listener, read_clock()).await;
        may_listen.is_ok_and(|may| may).then_some(event)
    }
}
