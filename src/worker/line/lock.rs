//! The lock that gives one tab the line.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// Calls `granted` once this tab has the line, which it keeps until it ends, and says whether
/// another tab had it till then. A browser without locks gives it to every tab: two tabs at once
/// then do some work twice, and the store refuses what would harm.
pub(crate) fn wait_for_lock(name: &str, granted: impl FnOnce(bool) + Clone + 'static) {
    let (wanted, later) = (name.to_owned(), granted.clone());
    let asked = ask_for_lock(name, true, move |lock| {
        if !lock.is_null() {
            later(false);
            return hold();
        }
        // It knows locks, so it takes this one as well.
        let _: Option<()> = ask_for_lock(&wanted, false, move |_| {
            later(true);
            hold()
        });
        JsValue::UNDEFINED
    });
    if asked.is_none() {
        granted(false);
    }
}

/// Never settles: the lock ends with the worker.
fn hold() -> JsValue {
    Promise::new(&mut |_, _| {}).into()
}

/// `answer` gets the lock, or null where it is to be free at once and is not; what it answers
/// says how long the lock is held. `None` where the browser has no locks.
fn ask_for_lock(
    name: &str,
    only_if_free: bool,
    answer: impl FnOnce(JsValue) -> JsValue + 'static,
) -> Option<()> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let locks = Reflect::get(&scope.navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    let request: Function = request.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &only_if_free.into()).ok()?;
    let answer = Closure::once_into_js(answer);
    request
        .call3(&locks, &name.into(), &options, &answer)
        .ok()?;
    Some(())
}
