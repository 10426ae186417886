//! A file that travels beside a message, and a passphrase as the format wants it.

use hearth_core::messages::Failure;
use js_sys::{ArrayBuffer, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The bytes of the file.
pub(crate) async fn read(file: Option<File>) -> Result<Vec<u8>, Failure> {
    let file = file.ok_or_else(|| Failure::Malformed("no file came".into()))?;
    let buffer = JsFuture::from(file.array_buffer()).await;
    let buffer = buffer.and_then(|buffer| buffer.dyn_into::<ArrayBuffer>());
    // It was moved or deleted since it was chosen, or its stick was pulled out.
    let buffer = buffer.map_err(|why: JsValue| Failure::Lost(format!("{why:?}")))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The same letters typed on another keyboard are other bytes: NFKC makes them one. The browser
/// has the tables for it.
pub(crate) fn normalize(passphrase: &str) -> String {
    let text = JsString::from(passphrase);
    String::from(text.normalize("NFKC"))
}
