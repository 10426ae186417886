//! One tab at a time, by the Web Locks API (which web-sys has behind an unstable flag only).

use crate::browser::{global, property};
use futures_channel::oneshot;
use js_sys::{Function, Promise};
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
        let held = request.call2(&locks, &name.into(), &hold).ok()?;
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

impl Drop for Lock {
    fn drop(&mut self) {
        // Resolving a promise does not throw.
        let _: Result<JsValue, JsValue> = self.release.call0(&JsValue::UNDEFINED);
    }
}
