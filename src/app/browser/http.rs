//! The one file that asks the network for anything: a language's words.
//! `reqwasm` is the old name of `gloo-net`.

use super::hearth;
use js_sys::JSON;
use reqwasm::http::Request;
use wasm_bindgen::JsValue;

/// The parsed words of a language, or nothing where they do not arrive.
pub(crate) async fn load_words(code: &str) -> Option<JsValue> {
    let address = ["/i18n/", code, ".json"].concat();
    let answer = Request::get(&address).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    let parts = JSON::parse(&answer.text().await.ok()?).ok()?;
    Some(hearth::flatten(&parts))
}
