//! How the store is, and whether the browser promises to keep it.

use super::State;
use crate::link;
use hearth_core::messages::{Request, Response};
use hearth_storage::persist;
use leptos::prelude::*;

impl State {
    /// Reads both again.
    pub(crate) fn read_health(self) {
        leptos::task::spawn_local(async move {
            if let Ok(Response::Health(health)) = link::ask(Request::Health).await {
                self.health.set(health);
            }
            self.is_persistent
                .set(Some(persist::is_persisted().await.unwrap_or(false)));
        });
    }

    /// Asks the browser to keep the vault, once a run: after a save there is something to keep.
    pub(crate) fn ask_to_persist(self) {
        if self.is_persistent.get_untracked() == Some(true) {
            return;
        }
        leptos::task::spawn_local(async move {
            self.is_persistent
                .set(Some(persist::ask_to_persist().await.unwrap_or(false)));
        });
    }
}
