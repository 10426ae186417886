//! The messages' outside: `{id, bytes, files}` from the page, `{id, bytes, file}` back.

use hearth_core::messages::{self, Event, Failure, Request, Response};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, File};

/// The number of the worker's own messages.
const BY_ITSELF: u32 = 0;

/// A request as it came.
pub(crate) struct Envelope {
    pub(crate) id: u32,
    pub(crate) request: Result<Request, Failure>,
    /// What travels beside it.
    pub(crate) files: Vec<File>,
}

impl Envelope {
    pub(crate) fn read(data: &JsValue) -> Self {
        let get = |name: &str| Reflect::get(data, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let bytes = get("bytes")
            .dyn_into::<Uint8Array>()
            .map(|bytes| bytes.to_vec());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the page counts in u32"
        )]
        let id = get("id").as_f64().unwrap_or_default() as u32;
        let files = get("files").dyn_into::<Array>().unwrap_or_default();
        let files = files.iter();
        Self {
            id,
            request: bytes
                .map_err(|_| Failure::Malformed("no bytes".into()))
                .and_then(|bytes| messages::decode(&bytes)),
            files: files.filter_map(|file| file.dyn_into().ok()).collect(),
        }
    }
}

pub(crate) fn answer(
    scope: &DedicatedWorkerGlobalScope,
    id: u32,
    answer: &Result<Response, Failure>,
    file: Option<Blob>,
) {
    post(scope, id, &messages::encode(answer), file);
}

pub(crate) fn tell(scope: &DedicatedWorkerGlobalScope, event: &Event) {
    post(scope, BY_ITSELF, &messages::encode(event), None);
}

fn post(scope: &DedicatedWorkerGlobalScope, id: u32, bytes: &[u8], file: Option<Blob>) {
    let message = Object::new();
    let bytes = Uint8Array::from(bytes);
    let transfer = js_sys::Array::of1(&bytes.buffer());
    // Setting on a fresh object and transferring a fresh buffer cannot fail; if it ever does,
    // the page's ask stays open and its screen says that it is waiting.
    let _: Result<bool, JsValue> = Reflect::set(&message, &"id".into(), &id.into());
    let _: Result<bool, JsValue> = Reflect::set(&message, &"bytes".into(), &bytes);
    let _: Result<bool, JsValue> = Reflect::set(&message, &"file".into(), &file.into());
    let _: Result<(), JsValue> = scope.post_message_with_transfer(&message, &transfer);
}
