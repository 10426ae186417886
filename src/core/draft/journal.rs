//! The order of what is to be kept: the latest state of each thing, once.

use super::DraftPatch;
use crate::EntityId;
use crate::messages::Request;
use crate::record::{RecordKind, WORDS};
use futures_channel::oneshot;

/// One thing to keep.
#[derive(Clone, Debug)]
pub enum Step {
    /// What was typed and chosen.
    Words {
        /// In which draft.
        draft: EntityId,
        /// Of which kind.
        kind: RecordKind,
        /// All of it.
        patch: DraftPatch,
    },
    /// What a photo shows.
    Caption {
        /// In which draft.
        draft: EntityId,
        /// Which photo.
        photo: EntityId,
        /// All of it.
        caption: String,
    },
}

/// What is to be kept, and who waits for the end of it.
#[derive(Default)]
pub struct Queue {
    is_busy: bool,
    steps: Vec<Step>,
    waiting: Vec<oneshot::Sender<()>>,
}

impl Step {
    /// What keeps it.
    #[must_use]
    pub fn request(&self) -> Request {
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
    pub fn words(&self) -> Option<&str> {
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
    pub fn push(&mut self, step: Step) {
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
    pub fn put_back(&mut self, step: Step) {
        if !self.steps.iter().any(|kept| kept.is_about_the_same(&step)) {
            self.steps.insert(0, step);
        }
        self.rest();
    }

    /// Whether somebody must begin to work: there is something, and nobody does.
    pub fn wake(&mut self) -> bool {
        !self.steps.is_empty() && !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next step; without one the queue rests.
    pub fn take(&mut self) -> Option<Step> {
        if self.steps.is_empty() {
            self.rest();
            return None;
        }
        Some(self.steps.remove(0))
    }

    /// Tells when the queue rests, unless it does already.
    pub fn wait(&mut self) -> Option<oneshot::Receiver<()>> {
        if !self.is_busy {
            return None;
        }
        let (tell, told) = oneshot::channel();
        self.waiting.push(tell);
        Some(told)
    }

    /// Leaves out the words of a draft: whoever saves sends them itself.
    pub fn drop_words(&mut self, draft: EntityId) {
        self.steps
            .retain(|step| step.draft() != draft || step.photo().is_some());
    }

    /// Leaves out everything of a draft that has ended.
    pub fn drop_draft(&mut self, draft: EntityId) {
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
