//! Every address the server answers, and the layers that each answer passes through.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::sync::watch;
use tower_http::limit::RequestBodyLimitLayer;

use crate::api::Api;
use crate::app::{self, App};
use crate::config::Limits;
use crate::db::Database;
use crate::headers::{Transport, add_headers};
use crate::health;
use crate::identity::{self, Identity};
use crate::logs::log_request;
use crate::wire::{Hub, Origins, routes};

/// What the handlers share.
#[derive(Clone, Debug)]
pub(crate) struct House<D> {
    pub(crate) database: D,
    pub(crate) identity: Arc<Identity>,
    pub(crate) app: Arc<App>,
    pub(crate) api: Api<D>,
    pub(crate) hub: Hub,
    /// Under which addresses this door is known.
    pub(crate) origins: Arc<Origins>,
    /// Turns true when the server stops.
    pub(crate) stopped: watch::Receiver<bool>,
    /// The longest that an answer that goes on may be silent.
    pub(crate) silence: Duration,
}

/// The whole server as one service.
pub(crate) fn build_router<D: Database>(
    house: House<D>,
    limits: &Limits,
    transport: Transport,
) -> Router {
    let api = Router::new().route("/server", get(identity::routes::show_server));
    let api = routes::add_endpoints(api)
        .fallback(answer_unknown)
        .layer(from_fn(forbid_caching));
    let routes = Router::new()
        .route("/healthz", get(health::routes::check_health))
        .nest(routes::PREFIX, api)
        // What a phone shares with the app its service worker takes. One that has lost it asks here.
        .route(
            "/share",
            get(app::routes::serve_app).post(app::routes::answer_share),
        )
        // Nesting leaves this one address out, and no app page may stand there.
        .route("/api/", any(answer_unknown))
        .fallback(get(app::routes::serve_app))
        .with_state(house);
    wrap_router(routes, limits, transport)
}

/// The layers, innermost first: limits, the log line, and the headers that even a refusal carries.
pub(crate) fn wrap_router(routes: Router, limits: &Limits, transport: Transport) -> Router {
    routes
        .layer(RequestBodyLimitLayer::new(limits.body_bytes))
        .layer(from_fn_with_state(limits.request_time, limit_time))
        .layer(from_fn(log_request))
        .layer(from_fn_with_state(transport, add_headers))
}

async fn answer_unknown() -> StatusCode {
    StatusCode::NOT_FOUND
}

async fn forbid_caching(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    ([(header::CACHE_CONTROL, "no-store")], response).into_response()
}

async fn limit_time(State(time): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
