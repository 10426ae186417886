//! The order of what is to be kept: the latest state of each thing, once.

use futures_channel::oneshot;
use hearth_core::EntityId;
use hearth_core::draft::DraftPatch;
use hearth_core::messages::Request;
use hearth_core::record::{RecordKind, WORDS};

/// One thing to keep.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Words {
        draft: EntityId,
        kind: RecordKind,
        patch: DraftPatch,
    },
    Caption {
        draft: EntityId,
        photo: EntityId,
        caption: String,
    },
}

/// What is to be kept, and who waits for the end of it.
#[derive(Default)]
pub(super) struct Queue {
    is_busy: bool,
    steps: Vec<Step>,
    waiting: Vec<oneshot::Sender<()>>,
}

impl Step {
    pub(super) fn request(&self) -> Request {
        match self.clone() {
            Self::Words { draft, kind, patch } => Request::Journal { draft, kind, patch },
            Self::Caption {
                draft,
                photo,
                caption,
            } => Request::CaptionPhoto {
                draft,
                photo,
                caption,
            },
        }
    }

    /// What the crash page may show of it.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Words { patch, .. } => patch.fields.get(&WORDS).map(String::as_str),
            Self::Caption { .. } => None,
        }
    }

    fn draft(&self) -> EntityId {
        match self {
            Self::Words { draft, .. } | Self::Caption { draft, .. } => *draft,
        }
    }

    fn photo(&self) -> Option<EntityId> {
        match self {
            Self::Words { .. } => None,
            Self::Caption { photo, .. } => Some(*photo),
        }
    }

    fn is_about_the_same(&self, other: &Self) -> bool {
        self.draft() == other.draft() && self.photo() == other.photo()
    }
}

impl Queue {
    /// Adds a step in place of an older one about the same.
    pub(super) fn push(&mut self, step: Step) {
        match self
            .steps
            .iter_mut()
            .find(|kept| kept.is_about_the_same(&step))
        {
            Some(older) => *older = step,
            None => self.steps.push(step),
        }
    }

    /// Puts a step back that failed, unless a later one about the same waits.
    pub(super) fn put_back(&mut self, step: Step) {
        if !self.steps.iter().any(|kept| kept.is_about_the_same(&step)) {
            self.steps.insert(0, step);
        }
        self.rest();
    }

    /// Whether somebody must begin to work: there is something, and nobody does.
    pub(super) fn wake(&mut self) -> bool {
        !self.steps.is_empty() && !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next step; without one the queue rests.
    pub(super) fn take(&mut self) -> Option<Step> {
        if self.steps.is_empty() {
            self.rest();
            return None;
        }
        Some(self.steps.remove(0))
    }

    /// Tells when the queue rests, unless it does already.
    pub(super) fn wait(&mut self) -> Option<oneshot::Receiver<()>> {
        if !self.is_busy {
            return None;
        }
        let (tell, told) = oneshot::channel();
        self.waiting.push(tell);
        Some(told)
    }

    pub(super) fn drop_words(&mut self, draft: EntityId) {
        self.steps
            .retain(|step| step.draft() != draft || step.photo().is_some());
    }

    pub(super) fn drop_draft(&mut self, draft: EntityId) {
        self.steps.retain(|step| step.draft() != draft);
    }

    fn rest(&mut self) {
        self.is_busy = false;
        for tell in self.waiting.drain(..) {
            // Whoever waited may have left.
            let _: Result<(), ()> = tell.send(());
        }
    }
}

#[cfg(test)]
mod tests;
