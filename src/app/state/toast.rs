//! What was just done, said once, with a way back where there is one.

use super::State;
use leptos::prelude::*;
use std::sync::Arc;

/// What was just done.
#[derive(Clone)]
pub(crate) struct Toast {
    pub(crate) text: String,
    /// Takes it back.
    pub(crate) undo: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl State {
    /// Says it.
    pub(crate) fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.toast.set(Some(Toast { text, undo: None }));
    }

    /// Says it, and offers to take it back.
    pub(crate) fn say_with_undo(self, text: &str, undo: impl Fn() + Send + Sync + 'static) {
        let undo: Arc<dyn Fn() + Send + Sync> = Arc::new(undo);
        self.toast.set(Some(Toast {
            text: text.to_owned(),
            undo: Some(undo),
        }));
    }
}
