//! Bytes between wasm's memory and the browser's.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A copy with a buffer of its own: IndexedDB keeps the whole buffer behind an array.
pub(crate) fn to_js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// The bytes of an array, if it is one.
pub(crate) fn from_js(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref().map(Uint8Array::to_vec)
}

/// A row's value. What is not bytes was not written by us: no bytes, which the engine counts as
/// damaged and leaves where it is.
pub(super) fn value_from_js(value: &JsValue) -> Vec<u8> {
    from_js(value).unwrap_or_default()
}

/// A row's key, unless it is one that we never write.
pub(super) fn key_from_js(key: &JsValue) -> Option<Vec<u8>> {
    let buffer: &ArrayBuffer = key.dyn_ref()?;
    Some(Uint8Array::new(buffer).to_vec())
}
