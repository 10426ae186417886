//! What was just done, said once, with a way back where there is one.

use super::{Here, State};
use leptos::prelude::*;
use std::sync::Arc;

/// What was just done.
#[derive(Clone)]
pub(crate) struct Toast {
    pub(crate) text: String,
    /// The screen it was said on, with which it ends.
    said_on: Here,
    /// Takes it back.
    pub(crate) undo: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl State {
    /// Says it.
    pub(crate) fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.show(text, None);
    }

    /// Says it, and offers to take it back.
    pub(crate) fn say_with_undo(self, text: &str, undo: impl Fn() + Send + Sync + 'static) {
        let undo: Arc<dyn Fn() + Send + Sync> = Arc::new(undo);
        self.show(text.to_owned(), Some(undo));
    }

    fn show(self, text: String, undo: Option<Arc<dyn Fn() + Send + Sync>>) {
        let said_on = self.place.here_now();
        self.toast.set(Some(Toast {
            text,
            said_on,
            undo,
        }));
    }

    /// Takes it away when the person goes elsewhere.
    pub(super) fn end_toasts_with_their_screens(self) {
        Effect::new(move |_| {
            let here = self.place.here();
            self.toast.update(|toast| {
                if toast.as_ref().is_some_and(|toast| toast.said_on != here) {
                    *toast = None;
                }
            });
        });
    }
}
