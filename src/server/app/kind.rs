//! What a file's name says of it: its type, and how long a browser may keep it without asking.

/// A year: the name changes with the bytes.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Kept, and asked about at each use.
const ASK_FIRST: &str = "no-cache";

/// The media type by the name's ending.
pub(super) fn name_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The `Cache-Control` of a file.
pub(super) fn name_caching(name: &str) -> &'static str {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    if file.ends_with(".woff2") || is_hashed(file) {
        FOR_GOOD
    } else {
        ASK_FIRST
    }
}

/// Trunk writes `hearth-app-1a2b3c4d5e6f7a8b.js` and `hearth-app-1a2b3c4d5e6f7a8b_bg.wasm`.
/// Folders don't count: wasm-bindgen's snippet folders have a hash that stays when the bytes change.
fn is_hashed(file: &str) -> bool {
    file.split('-').skip(1).any(|part| {
        let rest = part.trim_start_matches(|letter| matches!(letter, '0'..='9' | 'a'..='f'));
        part.len() - rest.len() >= 8 && (rest.starts_with('.') || rest.starts_with("_bg."))
    })
}
