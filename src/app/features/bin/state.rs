//! Putting back, and ending for good.

use crate::i18n::{Key, t};
use crate::link;
use crate::state::State;
use crate::ui::failure_words;
use hearth_core::messages::Request;
use hearth_core::vault::BIN_DAYS;
use hearth_core::{EntityId, Millis};
use leptos::task::spawn_local;

const MILLIS_PER_DAY: Millis = 86_400_000;

/// Takes it out of the bin.
pub(super) fn put_back(state: State, id: EntityId) {
    change(state, Request::Restore(id), Key::BinIsBack);
}

/// Ends it for good.
pub(super) fn end(state: State, id: EntityId) {
    change(state, Request::Erase(id), Key::BinEnded);
}

/// Days that are left to it, today included.
pub(super) fn days_left(deleted: Millis, now: Millis) -> u64 {
    let gone = now.saturating_sub(deleted) / MILLIS_PER_DAY;
    BIN_DAYS.saturating_sub(gone).max(1)
}

fn change(state: State, request: Request, done: Key) {
    spawn_local(async move {
        match link::ask(request).await {
            Ok(_) => {
                state.note_change();
                state.say(t(done));
            }
            Err(failure) => state.say(failure_words(&failure)),
        }
    });
}
