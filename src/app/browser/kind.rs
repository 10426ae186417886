//! Which browser this is, for the one thing that is done by its own menu: installing.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// How an app gets onto the home screen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// It was opened from there.
    Installed,
    Apple,
    Firefox,
    Other,
}

/// This browser.
pub(crate) fn browser() -> Browser {
    let is_standalone = is_media("(display-mode: standalone)");
    let agent = window().navigator().user_agent().unwrap_or_default();
    let says = |name: &str| agent.contains(name);
    if is_standalone {
        Browser::Installed
    } else if says("Firefox") {
        Browser::Firefox
    } else if says("iPhone") || says("iPad") || (says("Safari") && !says("Chrom")) {
        Browser::Apple
    } else {
        Browser::Other
    }
}

/// Whether it is used by finger.
pub(crate) fn is_phone() -> bool {
    is_media("(pointer: coarse)")
}

fn is_media(query: &str) -> bool {
    let found = window().match_media(query).ok().flatten();
    found.is_some_and(|query| query.matches())
}

/// Whether it is an iPhone or iPad, where the home screen's app has a store of its own.
pub(crate) fn is_apple_phone() -> bool {
    let navigator = window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    // An iPad says that it is a Mac; no Mac has a touch screen.
    let is_ipad = agent.contains("Macintosh") && navigator.max_touch_points() > 1;
    is_ipad || agent.contains("iPhone") || agent.contains("iPad")
}

/// Whether the browser tells what kind of network there is.
pub(crate) fn tells_network() -> bool {
    let kind = |navigator: &JsValue| {
        let connection = Reflect::get(navigator, &"connection".into()).ok()?;
        Reflect::get(&connection, &"type".into()).ok()?.as_string()
    };
    kind(&window().navigator()).is_some()
}
