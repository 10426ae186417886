//! The plain page that hands a phone the certificate, with the steps in words.

use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use bytes::Bytes;

use super::authority::Authority;
use crate::config::Limits;
use crate::headers::Transport;
use crate::router::wrap_router;

const PAGE: &str = include_str!("help.html");
const STYLE: &str = include_str!("help.css");

/// `secure` is where Hearth is once the phone trusts it.
pub(super) fn build_router(authority: &Authority, secure: &str, limits: &Limits) -> Router {
    let page = PAGE
        .replace("{secure}", secure)
        .replace("{fingerprint}", &authority.fingerprint());
    let page = Bytes::from(page);
    let certificate = Bytes::copy_from_slice(authority.certificate());
    let routes = Router::new()
        .route("/", get(async move || Html(page.clone())))
        .route(
            "/help.css",
            get(async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)),
        )
        .route(
            "/hearth.crt",
            get(async move || {
                (
                    [(header::CONTENT_TYPE, "application/x-x509-ca-cert")],
                    certificate.clone(),
                )
            }),
        );
    wrap_router(routes, limits, Transport::Plain)
}
