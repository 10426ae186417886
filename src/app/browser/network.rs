//! Whether there is a network, and when that changes.

use leptos::prelude::{window, window_event_listener_untyped};

/// Whether the browser thinks so.
pub(crate) fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls `tell` at each change, as long as the page lives.
pub(crate) fn watch(tell: impl Fn(bool) + Clone + 'static) {
    for name in ["online", "offline"] {
        let tell = tell.clone();
        // Dropping the handle leaves the listener: it is wanted as long as the page.
        let _ = window_event_listener_untyped(name, move |_| tell(is_online()));
    }
}
