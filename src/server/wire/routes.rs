//! `/api/*`.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use hearth_protocol::Millis;
use hearth_protocol::exchange::{Endpoint, Status};
use hearth_protocol::limits::{LONGEST_BLOB_PART, LONGEST_EXCHANGE, LONGEST_SMALL_MESSAGE};
use hearth_protocol::request::REQUEST_HEADER;

use super::live::open_news;
use crate::api::{Answered, Asked, OsRandom};
use crate::db::Database;
use crate::router::House;

/// Under which path the routes are nested.
pub(crate) const PREFIX: &str = "/api";

/// What may stand around an attachment's part.
const AROUND_PART: usize = 1024;

/// Adds every endpoint of the protocol.
pub(crate) fn add_endpoints<D: Database>(mut routes: Router<House<D>>) -> Router<House<D>> {
    for endpoint in Endpoint::ALL {
        if let Some(path) = endpoint.path().strip_prefix(PREFIX) {
            routes = routes.route(path, answer_at(*endpoint));
        }
    }
    routes
}

fn answer_at<D: Database>(endpoint: Endpoint) -> MethodRouter<House<D>> {
    post(move |State(house): State<House<D>>, request: Request| answer(house, endpoint, request))
}

async fn answer<D: Database>(house: House<D>, endpoint: Endpoint, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Announced or not, no more than this is read.
    let Ok(body) = to_bytes(body, longest_body(endpoint)).await else {
        let words = "the message is longer than it may be, or did not come whole";
        return (status_of(Status::TooLong.code()), words).into_response();
    };
    let sent = parts.uri.path_and_query();
    let path = format!("{PREFIX}{}", sent.map_or("", |sent| sent.as_str()));
    let proof = parts.headers.get(REQUEST_HEADER);
    let origin = house.origins.find(&parts);
    if origin.is_none() && proof.is_some() {
        tracing::warn!(
            "a phone asked under an address that is none of this server's: see --origin"
        );
    }
    let asked = Asked {
        endpoint,
        origin: origin.unwrap_or_else(|| house.origins.stand_in()),
        method: parts.method.as_str(),
        path: &path,
        proof: proof.and_then(|proof| proof.to_str().ok()),
        body: &body,
    };
    if endpoint == Endpoint::Live {
        return match house.api.admit_listener(asked, read_clock()).await {
            Ok(listener) => open_news(house, listener),
            Err(answered) => send(answered),
        };
    }
    let answered = house.api.answer(asked, read_clock(), &mut OsRandom).await;
    if let Some(circle) = &answered.changed {
        house.hub.tell(circle);
    }
    send(answered)
}

fn longest_body(endpoint: Endpoint) -> usize {
    match endpoint {
        Endpoint::Exchange => LONGEST_EXCHANGE,
        Endpoint::BlobPut => LONGEST_BLOB_PART + AROUND_PART,
        _ => LONGEST_SMALL_MESSAGE,
    }
}

fn send(answered: Answered) -> Response {
    (
        status_of(answered.status),
        [(header::CONTENT_TYPE, "application/octet-stream")],
        Body::from(answered.body),
    )
        .into_response()
}

pub(super) fn status_of(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub(super) fn read_clock() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
    })
}
