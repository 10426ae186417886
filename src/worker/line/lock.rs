//! The lock that gives one tab the line.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// Calls `granted` once this tab has the line, which it keeps until it ends. A browser without
/// locks gives it to every tab: two tabs at once then do some work twice.
pub(crate) fn wait_for_lock(name: &str, granted: impl FnOnce() + Clone + 'static) {
    if ask_for_lock(name, granted.clone()).is_none() {
        granted();
    }
}

/// `None` where the browser has no locks.
fn ask_for_lock(name: &str, granted: impl FnOnce() + 'static) -> Option<()> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let locks = Reflect::get(&scope.navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    let request: Function = request.dyn_into().ok()?;
    let hold = Closure::once_into_js(move || {
        granted();
        // Never settles: the lock ends with the worker.
        Promise::new(&mut |_, _| {})
    });
    request.call2(&locks, &name.into(), &hold).ok()?;
    Some(())
}
