//! What kind of network there is. Chromium on phones tells, and Firefox on Android; no other browser does.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, EventTarget};

/// Whether it costs nothing by the byte, where the browser tells.
pub(crate) fn is_wifi() -> Option<bool> {
    let kind = Reflect::get(connection()?.as_ref(), &"type".into()).ok()?;
    match kind.as_string()?.as_str() {
        "unknown" => None,
        kind => Some(matches!(kind, "wifi" | "ethernet")),
    }
}

/// Says when it became another one.
pub(crate) fn on_other_network(task: impl FnMut() + 'static) {
    let Some(connection) = connection() else {
        return;
    };
    let task = Closure::<dyn FnMut()>::new(task);
    // Without the event it is looked at before the next call.
    let _: Result<(), JsValue> =
        connection.add_event_listener_with_callback("change", task.as_ref().unchecked_ref());
    task.forget();
}

fn connection() -> Option<EventTarget> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let connection = Reflect::get(&scope.navigator(), &"connection".into()).ok()?;
    (!connection.is_undefined()).then(|| connection.unchecked_into())
}
