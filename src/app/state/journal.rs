//! The journal: what is typed goes to the worker as it happens, at most one request on its way,
//! and the latest words follow when it answers. It outlives the screen, so leaving loses nothing.

use crate::browser::hearth;
use crate::link;
use hearth_core::EntityId;
use hearth_core::draft::DraftPatch;
use hearth_core::draft::journal::{Queue, Step};
use hearth_core::messages::Failure;
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// Whether the latest words are durable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Journalled {
    /// Nothing was typed since.
    #[default]
    Kept,
    Pending,
    Failed(Failure),
}

/// What is being typed. A handle: copying it copies no content.
#[derive(Clone, Copy)]
pub(crate) struct Journal {
    state: RwSignal<Journalled>,
    queue: StoredValue<Queue, LocalStorage>,
}

impl Journal {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::default(),
            queue: StoredValue::new_local(Queue::default()),
        }
    }

    /// Whether the latest words are durable.
    pub(crate) fn state(self) -> Journalled {
        self.state.get()
    }

    /// The same, for a moment that nothing redraws.
    pub(crate) fn state_now(self) -> Journalled {
        self.state.get_untracked()
    }

    /// Keeps what is in a draft now.
    pub(crate) fn keep(self, draft: EntityId, kind: RecordKind, patch: DraftPatch) {
        self.push(Step::Words { draft, kind, patch });
    }

    /// Keeps what is on a draft's photo.
    pub(crate) fn keep_caption(self, draft: EntityId, photo: EntityId, caption: String) {
        self.push(Step::Caption {
            draft,
            photo,
            caption,
        });
    }

    /// Tries again what could not be kept.
    pub(crate) fn retry(self) {
        if self.queue.try_update_value(Queue::wake) == Some(true) {
            self.state.set(Journalled::Pending);
            leptos::task::spawn_local(self.work());
        }
    }

    /// Waits until nothing is on its way. The words of a draft that is saved or thrown away right
    /// now need not go before it.
    pub(crate) async fn settle(self, ending: Option<EntityId>) {
        if let Some(draft) = ending {
            self.queue.update_value(|queue| queue.drop_words(draft));
        }
        self.retry();
        let waiting = self.queue.try_update_value(Queue::wait).flatten();
        if let Some(told) = waiting {
            // Told or dropped, nothing is on its way.
            let _: Result<(), _> = told.await;
        }
    }

    /// The draft ended: what is still to be kept of it must not begin it anew.
    pub(crate) fn forget(self, draft: EntityId) {
        self.queue.update_value(|queue| queue.drop_draft(draft));
        if self.state.get_untracked() != Journalled::Kept {
            self.state.set(Journalled::Kept);
        }
    }

    fn push(self, step: Step) {
        self.queue.update_value(|queue| queue.push(step));
        self.state.set(Journalled::Pending);
        self.retry();
    }

    async fn work(self) {
        while let Some(step) = self.queue.try_update_value(Queue::take).flatten() {
            match link::ask(step.request()).await {
                Ok(_) => step.words().into_iter().for_each(hearth::kept),
                Err(failure) => {
                    self.queue.update_value(|queue| queue.put_back(step));
                    return self.state.set(Journalled::Failed(failure));
                }
            }
        }
        self.state.set(Journalled::Kept);
    }
}
