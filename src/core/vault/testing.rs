//! What the simulation looks into, and no app does.

use super::Vault;
use crate::ports::{Clock, Random, Store};
use crate::sync::merge::View;
use crate::sync::replica::{Intent, Replica};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Everything that is shown, with every version and where it came from.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// This phone's copy of its circle.
    #[must_use]
    pub fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// Wants something appended to the control log, without an invite around it.
    pub fn intend(&mut self, intent: Intent) {
        if let Some(replica) = &mut self.replica {
            replica.intend(intent);
        }
    }

    /// Frames at most so many changes before an exchange is asked.
    pub fn frame_at_once(&mut self, most: usize) {
        self.most_at_once = most;
    }

    /// Gives up what was wanted.
    pub fn give_up(&mut self, intent: &Intent) {
        if let Some(replica) = &mut self.replica {
            replica.give_up(intent);
        }
    }
}
