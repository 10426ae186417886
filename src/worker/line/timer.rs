//! Timers and the network's return.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// Does something once, later; never, where it is dropped before.
pub(crate) struct Timer {
    id: i32,
    _task: Closure<dyn FnMut()>,
}

impl Timer {
    /// Starts it.
    pub(crate) fn start(millis: u32, task: impl FnOnce() + 'static) -> Option<Self> {
        let mut task = Some(task);
        let task = Closure::<dyn FnMut()>::new(move || {
            if let Some(task) = task.take() {
                task();
            }
        });
        let function: &Function = task.as_ref().unchecked_ref();
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        let id = scope()
            .set_timeout_with_callback_and_timeout_and_arguments_0(function, millis)
            .ok()?;
        Some(Self { id, _task: task })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        scope().clear_timeout_with_handle(self.id);
    }
}

/// Says when the browser believes that there is a network again.
pub(crate) fn on_network(task: impl FnMut() + 'static) {
    let task = Closure::<dyn FnMut()>::new(task);
    // A browser without the event tries again by itself all the same.
    let _: Result<(), JsValue> =
        scope().add_event_listener_with_callback("online", task.as_ref().unchecked_ref());
    task.forget();
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
