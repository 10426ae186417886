//! Removing a vault from this phone: first its key, then the rest.
//!
//! A browser that is killed in between leaves rows that open nowhere; the next start deletes them.

use super::lock::Lock;
use crate::indexed_db::IndexedDb;
use crate::vault_key::destroy;
use hearth_core::ports::StoreError;

const NAME: &str = "hearth-present";

/// That this tab has a vault open, until it is dropped or the tab ends. Tabs share it; who
/// removes a vault has it alone.
pub struct Presence {
    _lock: Option<Lock>,
}

impl Presence {
    /// Waits while another tab removes a vault.
    pub async fn share() -> Self {
        Self {
            _lock: Lock::share(NAME).await,
        }
    }

    /// Ends the share and waits until every other tab ended its own, at most so many
    /// milliseconds. Nothing where one does not.
    pub async fn take_alone(self, millis: u32) -> Option<Self> {
        drop(self);
        let lock = Lock::acquire_within(NAME, millis).await?;
        Some(Self { _lock: Some(lock) })
    }
}

/// Removes a vault; no other tab may have it open. Its key goes first, so that nothing of it opens
/// from then on, whatever comes between. What cannot be deleted now goes at a later start.
///
/// # Errors
/// [`StoreError`]: the key did not go. Everything is as before.
pub async fn remove_vault(store: IndexedDb) -> Result<(), StoreError> {
    destroy(&store).await?;
    // Only noise is left.
    let _: Result<(), StoreError> = store.delete().await;
    Ok(())
}

#[cfg(test)]
mod tests;
