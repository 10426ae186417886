//! How it stands between this phone and the server, for a screen to say.

use super::Vault;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Trouble;
use hearth_protocol::Millis;

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// Frames that no server has taken yet.
    pub unsent: usize,
    /// When the server answered last, by this phone's clock.
    pub last_exchange: Option<Millis>,
    /// What keeps this phone from sending, if anything does.
    pub trouble: Option<Trouble>,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// How it stands now.
    #[must_use]
    pub fn sync_state(&self) -> SyncState {
        let replica = self.replica.as_ref();
        SyncState {
            unsent: replica.map_or(0, crate::sync::replica::Replica::outbox_len),
            last_exchange: self.line.last_exchange,
            trouble: replica.and_then(|replica| replica.trouble().copied()),
        }
    }

    /// Differs from what it was when something came, or was taken by the server.
    #[must_use]
    pub fn changes_shown(&self) -> u64 {
        self.shown
    }

    /// What was known of the server and its attachments is of another circle.
    pub(in crate::vault) fn forget_server(&mut self) {
        self.line.forget_server();
    }

    pub(in crate::vault) fn last_exchange(&self) -> Option<Millis> {
        self.line.last_exchange
    }

    /// The server does not know this phone, although the circle was told to it again.
    pub(in crate::vault) fn is_refused(&self) -> bool {
        self.line.not_here > 1
    }
}
