//! What a page and a worker both have, by the one road that works in both.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

/// A property, or `undefined` where there is none or it may not be read.
pub(crate) fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(crate) fn global(name: &str) -> JsValue {
    property(&js_sys::global(), name)
}

pub(crate) fn crypto() -> Option<Crypto> {
    global("crypto").dyn_into().ok()
}

/// Random bytes that nobody can guess, if the browser gives any.
pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    crypto()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()
        .map(|_| bytes)
}

/// A thrown value in words.
pub(crate) fn words_of(thrown: &JsValue) -> String {
    let object: &js_sys::Object = thrown.unchecked_ref();
    match thrown.is_object() {
        true => String::from(object.to_string()),
        false => format!("{thrown:?}"),
    }
}
