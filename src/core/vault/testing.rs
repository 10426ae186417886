//! What the simulation looks into, and no app does.

use super::{BackupInProgress, Vault};
use crate::messages::Failure;
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

    /// A whole backup in memory, part by part, and kept.
    ///
    /// # Errors
    /// [`Failure`]
    pub async fn back_up(&mut self, passphrase: &str, limit: u64) -> Result<Vec<Vec<u8>>, Failure> {
        let backup = self.begin_backup(passphrase, limit).await?;
        self.finish_backup(backup).await
    }

    /// The parts of a backup from here on.
    ///
    /// # Errors
    /// [`Failure`]
    pub async fn finish_backup(
        &mut self,
        mut backup: BackupInProgress,
    ) -> Result<Vec<Vec<u8>>, Failure> {
        let (mut parts, mut part) = (Vec::new(), Vec::new());
        while let Some(piece) = self.continue_backup(&mut backup).await? {
            part.extend(piece.bytes);
            if piece.step.is_part_done {
                parts.push(std::mem::take(&mut part));
            }
        }
        self.keep_backup(&backup).await?;
        Ok(parts)
    }
}
