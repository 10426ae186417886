//! Room for words where photos find none: a file that stands in their place, made before a photo is
//! kept and given up when words do not fit. `public/worker-start.js` makes it, in a few bytes; a
//! browser's estimate of what is left can be off by gigabytes, and a deleted row frees nothing soon.

use crate::browser::{global, property};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Makes it where it does not stand. `false`: there is no room for it, and none for a photo. A
/// browser that makes no such file has to refuse the photo by itself.
pub(crate) async fn keep() -> bool {
    ask("keep").await != Some(false)
}

/// Gives its room to words.
pub(crate) async fn give_up() {
    ask("giveUp").await;
}

async fn ask(what: &str) -> Option<bool> {
    let reserve = global("reserve");
    let ask: Function = property(&reserve, what).dyn_into().ok()?;
    let answer: Promise = ask.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}
