//! What the browser promises about the place where the vault lies.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Whether the browser has promised to keep what is stored.
pub(crate) async fn is_persistent() -> bool {
    match window().navigator().storage().persisted() {
        Ok(promise) => is_true(JsFuture::from(promise).await),
        Err(_) => false,
    }
}

/// Asks for that promise, and says whether it was given.
pub(crate) async fn ask_to_persist() -> bool {
    match window().navigator().storage().persist() {
        Ok(promise) => is_true(JsFuture::from(promise).await),
        Err(_) => false,
    }
}

/// Bytes in use, where the browser says so.
pub(crate) async fn used_bytes() -> Option<f64> {
    let estimate = window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(estimate).await.ok()?;
    Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()
}

fn is_true(answer: Result<JsValue, JsValue>) -> bool {
    answer.is_ok_and(|answer| answer.is_truthy())
}
