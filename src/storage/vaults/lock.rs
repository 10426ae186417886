//! One tab at a time, by the Web Locks API (which web-sys has behind an unstable flag only).

use crate::browser::{global, property};
use futures_channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Held until dropped, or until this tab ends.
pub(super) struct Lock {
    release: Function,
}

impl Lock {
    /// Waits for its turn. Without the API there is no lock, and the work goes on without.
    pub(super) async fn acquire(name: &str) -> Option<Self> {
        Self::acquire_by(name, &Object::new()).await
    }

    /// With others that share it, once nobody has it alone.
    pub(super) async fn share(name: &str) -> Option<Self> {
        let options = Object::new();
        set(&options, "mode", &"shared".into());
        Self::acquire_by(name, &options).await
    }

    /// Alone, or not at all where somebody still has it after so many milliseconds.
    pub(super) async fn acquire_within(name: &str, millis: u32) -> Option<Self> {
        let options = Object::new();
        let signal = global("AbortSignal");
        let timeout: Function = property(&signal, "timeout").dyn_into().ok()?;
        let timeout = timeout.call1(&signal, &millis.into()).ok()?;
        set(&options, "signal", &timeout);
        Self::acquire_by(name, &options).await
    }

    async fn acquire_by(name: &str, options: &Object) -> Option<Self> {
        let locks = property(&global("navigator"), "locks");
        let request: Function = property(&locks, "request").dyn_into().ok()?;
        let (sender, granted) = oneshot::channel();
        let sender = Rc::new(RefCell::new(Some(sender)));
        // The lock is held until the promise of its callback is kept.
        let hold = Closure::once_into_js({
            let sender = sender.clone();
            move || {
                Promise::new(&mut |release, _| {
                    if let Some(sender) = sender.borrow_mut().take() {
                        let _: Result<(), Function> = sender.send(release);
                    }
                })
            }
        });
        let held = request.call3(&locks, &name.into(), options, &hold).ok()?;
        spawn_local(async move {
            // Refused, as in a sandboxed page: then nobody waits any longer for a grant.
            if JsFuture::from(Promise::resolve(&held)).await.is_err() {
                sender.borrow_mut().take();
            }
        });
        let release = granted.await.ok()?;
        Some(Self { release })
    }
}

fn set(options: &Object, name: &str, value: &JsValue) {
    // An object made a line ago takes any property.
    let _: Result<bool, JsValue> = Reflect::set(options, &name.into(), value);
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Resolving a promise does not throw.
        let _: Result<JsValue, JsValue> = self.release.call0(&JsValue::UNDEFINED);
    }
}
