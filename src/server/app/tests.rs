//! The rules that a name is read by.

use axum::http::{HeaderMap, HeaderValue, header};

use super::App;
use super::kind::{name_caching, name_type};
use super::negotiate::{accepts, has_already};

const YEAR: &str = "public, max-age=31536000, immutable";

#[test]
fn only_names_that_change_with_their_bytes_are_kept_for_good() {
    for name in [
        "hearth-app-1a2b3c4d5e6f7a8b.js",
        "hearth-app-1a2b3c4d5e6f7a8b_bg.wasm",
        "tokens-0123abcd.css",
        "fonts/atkinson.woff2",
    ] {
        assert_eq!(name_caching(name), YEAR, "{name}");
    }
    for name in [
        "index.html",
        "sw.js",
        "boot.js",
        "manifest.webmanifest",
        "version.json",
        "i18n/en.json",
        "hearth-worker.js",
        "hearth-worker_bg.wasm",
        "snippets/hearth-app-1a2b3c4d5e6f7a8b/inline0.js",
        "icon-maskable-512.png",
        "abcdef0123456789.js",
    ] {
        assert_eq!(name_caching(name), "no-cache", "{name}");
    }
}

#[test]
fn wasm_and_the_manifest_have_the_types_that_browsers_insist_on() {
    assert_eq!(name_type("a_bg.wasm"), "application/wasm");
    assert_eq!(
        name_type("manifest.webmanifest"),
        "application/manifest+json"
    );
    assert_eq!(name_type("sw.js"), "text/javascript; charset=utf-8");
    assert_eq!(name_type("LICENSE"), "application/octet-stream");
}

fn one_header(name: header::HeaderName, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
}

#[test]
fn an_encoding_is_used_only_where_the_caller_takes_it() {
    let takes = |value, encoding| accepts(&one_header(header::ACCEPT_ENCODING, value), encoding);
    assert!(takes("gzip, deflate, br, zstd", "br"));
    assert!(takes("gzip;q=0.5,BR", "br"));
    assert!(!takes("gzip, br;q=0", "br"));
    assert!(!takes("gzip", "br"));
    assert!(!takes("brotli", "br"));
    assert!(!accepts(&HeaderMap::new(), "gzip"));
}

#[test]
fn a_tag_matches_in_a_list_and_weakly() {
    let has = |value| has_already(&one_header(header::IF_NONE_MATCH, value), "\"ab\"");
    assert!(has("\"cd\", W/\"ab\""));
    assert!(has("*"));
    assert!(!has("\"abc\""));
    assert!(!has("ab"));
}

#[tokio::test]
async fn a_file_inside_the_program_is_found_by_its_whole_name() {
    let app = App::embed(&[
        ("index.html", b"home", "\"1\""),
        ("i18n/en.json", b"{}", "\"2\""),
    ]);
    let file = app.find("i18n/en.json").await.unwrap();
    assert_eq!(file.bytes.as_ref(), b"{}");
    assert_ne!(file.tag, app.find("index.html").await.unwrap().tag);
    assert!(app.find("en.json").await.is_none());
}
