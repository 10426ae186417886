//! What the caller can take: which compression, and whether it already has the bytes.

use axum::http::{HeaderMap, header};

/// The compressed siblings that a build leaves beside a file, best first: name in HTTP, ending of the file.
pub(super) const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Whether `Accept-Encoding` names `encoding`, and not with `q=0`.
pub(super) fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    list_values(headers, header::ACCEPT_ENCODING).any(|value| {
        let (name, parameters) = value.split_once(';').unwrap_or((value, ""));
        name.trim().eq_ignore_ascii_case(encoding) && !is_refused(parameters)
    })
}

fn is_refused(parameters: &str) -> bool {
    parameters
        .trim()
        .strip_prefix("q=")
        .and_then(|weight| weight.trim().parse::<f32>().ok())
        .is_some_and(|weight| weight <= 0.0)
}

/// Whether `If-None-Match` holds the tag. A weak tag counts: the bytes are the same.
pub(super) fn has_already(headers: &HeaderMap, tag: &str) -> bool {
    list_values(headers, header::IF_NONE_MATCH)
        .any(|value| value == "*" || value.strip_prefix("W/").unwrap_or(value) == tag)
}

fn list_values(headers: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}
