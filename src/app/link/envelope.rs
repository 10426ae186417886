//! The messages' outside: `{id, bytes, files}` to the worker, `{id, bytes, file}` back.

use hearth_core::messages::{Request, encode};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

pub(super) struct Answer {
    pub(super) id: u32,
    pub(super) bytes: Vec<u8>,
    /// What travels beside it.
    pub(super) file: JsValue,
}

pub(super) fn wrap(id: u32, request: &Request, files: &[File]) -> Object {
    let message = Object::new();
    set(&message, "id", &id.into());
    set(
        &message,
        "bytes",
        &Uint8Array::from(encode(request).as_slice()),
    );
    set(&message, "files", &files.iter().collect::<Array>());
    message
}

pub(super) fn unwrap(data: &JsValue) -> Option<Answer> {
    let id = Reflect::get(data, &"id".into()).ok()?.as_f64()?;
    let bytes: Uint8Array = Reflect::get(data, &"bytes".into()).ok()?.dyn_into().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the worker gives back a number of ours"
    )]
    let id = id as u32;
    Some(Answer {
        id,
        bytes: bytes.to_vec(),
        file: Reflect::get(data, &"file".into()).ok()?,
    })
}

fn set(message: &Object, name: &str, value: &JsValue) {
    // A fresh plain object takes every name.
    let _: Result<bool, JsValue> = Reflect::set(message, &name.into(), value);
}
