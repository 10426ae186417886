//! Every address that is not the server's own: a file of the app, or a page of it.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::negotiate::{ENCODINGS, accepts, has_already};
use super::{App, File, kind};
use crate::db::Database;
use crate::router::House;

const NO_APP: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Hearth</title>\
    <h1>This build carries no app</h1>\
    <p>The server works. Start it with <code>cargo xtask serve</code>, or with <code>--app</code> \
    and the folder of a built app.</p></html>";

/// Answers `GET` and `HEAD`.
pub(crate) async fn serve_app<D: Database>(
    State(house): State<House<D>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(name) = name_file(uri.path()) else {
        return answer_missing();
    };
    if matches!(*house.app, App::None) && name == "index.html" {
        return answer_no_app();
    }
    match find_encoded(&house.app, name, &headers).await {
        Some((file, encoding)) => answer_file(name, file, encoding, &headers),
        None => answer_missing(),
    }
}

/// Where a shared photo would have gone: to the form, which says that it did not arrive. Nothing of
/// it is read.
pub(crate) async fn answer_share() -> Redirect {
    Redirect::to("/make/story?shared")
}

/// The file for a path. A path without an ending is a page, and the app's own router knows which.
fn name_file(path: &str) -> Option<&str> {
    let name = path.trim_matches('/');
    let last = name.rsplit_once('/').map_or(name, |(_, last)| last);
    let is_sibling = ENCODINGS.iter().any(|(_, ending)| last.ends_with(ending));
    match last {
        "rescue" if name == "rescue" => Some("rescue.html"),
        _ if is_sibling || name.split('/').any(|part| part.starts_with('.')) => None,
        _ if last.contains('.') => Some(name),
        _ => Some("index.html"),
    }
}

async fn find_encoded(
    app: &App,
    name: &str,
    headers: &HeaderMap,
) -> Option<(File, Option<&'static str>)> {
    for (encoding, ending) in ENCODINGS {
        if accepts(headers, encoding)
            && let Some(file) = app.find(&format!("{name}{ending}")).await
        {
            return Some((file, Some(encoding)));
        }
    }
    app.find(name).await.map(|file| (file, None))
}

fn answer_file(
    name: &str,
    file: File,
    encoding: Option<&'static str>,
    headers: &HeaderMap,
) -> Response {
    let is_known = has_already(headers, &file.tag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.bytes.into_response()
    };
    let answer = response.headers_mut();
    if is_known {
        answer.remove(header::CONTENT_TYPE);
    } else {
        answer.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(kind::name_type(name)),
        );
        if let Some(encoding) = encoding {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    answer.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(kind::name_caching(name)),
    );
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(&*file.tag) {
        answer.insert(header::ETAG, tag);
    }
    response
}

/// Not 200, so that no service worker keeps this page in the app's place.
fn answer_no_app() -> Response {
    let caching = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::SERVICE_UNAVAILABLE, caching, Html(NO_APP)).into_response()
}

fn answer_missing() -> Response {
    let caching = [(header::CACHE_CONTROL, "no-cache")];
    (
        StatusCode::NOT_FOUND,
        caching,
        "There is nothing at this address.\n",
    )
        .into_response()
}
