//! Whether the browser may clear the store when the phone is short of room, and how much is left.

use crate::browser::{global, property};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// Room for this app, in bytes. Browsers round it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Taken by everything the app keeps, itself included.
    pub used: u64,
    /// What the browser lets it take at most.
    pub quota: u64,
}

/// Asks the browser never to clear the store by itself. `None`: it cannot be asked, as always in
/// a worker.
pub async fn ask_to_persist() -> Option<bool> {
    finish(manager()?.persist()).await?.as_bool()
}

/// Whether the browser promised not to clear the store. `None`: it does not say.
pub async fn is_persisted() -> Option<bool> {
    finish(manager()?.persisted()).await?.as_bool()
}

/// How much room there is. `None`: the browser does not say.
pub async fn estimate_room() -> Option<Room> {
    let estimate: StorageEstimate = finish(manager()?.estimate()).await?.unchecked_into();
    Some(Room {
        used: whole(estimate.get_usage()?),
        quota: whole(estimate.get_quota()?),
    })
}

/// Not there on a page that came without TLS.
fn manager() -> Option<StorageManager> {
    property(&global("navigator"), "storage").dyn_into().ok()
}

async fn finish(begun: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(begun.ok()?).await.ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole bytes, and a cast ends at the ends"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}
