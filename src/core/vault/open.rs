//! Opening: read every change, build the view, find the drafts, tidy what is due.

use super::sealing::Sealing;
use super::{Closed, Vault, bin};
use crate::draft::{Draft, DraftError};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::View;
use hearth_protocol::{Change, ChangeError, EntityId, HlcClock, Key, SealError};
use std::collections::{BTreeMap, HashSet};

/// Rows read at a time: enough that the round trips do not count, little enough memory.
const ROWS_AT_ONCE: usize = 1_000;

pub(super) const LAST_CHILD: &[u8] = b"last-child";

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Opens the vault in `store` with its key. A row that does not open is counted and kept.
    ///
    /// # Errors
    /// [`Failure::Lost`]: the store does not answer.
    pub async fn open(store: S, key: &Key, surroundings: E) -> Result<Self, Failure> {
        let mut vault = Self {
            store,
            surroundings,
            sealing: Sealing::new(key),
            clock: HlcClock::default(),
            view: View::default(),
            photos: BTreeMap::new(),
            seen: HashSet::new(),
            drafts: BTreeMap::new(),
            last_child: None,
            closed_changes: Closed::default(),
            closed_drafts: Closed::default(),
        };
        vault.read_changes().await?;
        vault.read_drafts().await?;
        vault.last_child = vault.read_last_child().await?;
        Ok(vault)
    }

    /// Takes in what another tab wrote.
    ///
    /// # Errors
    /// [`Failure::Lost`]
    pub async fn refresh(&mut self) -> Result<(), Failure> {
        let keys = self.store.keys(Table::Changes).await?;
        let there: HashSet<[u8; 16]> = keys
            .iter()
            .filter_map(|key| key.as_slice().try_into().ok())
            .collect();
        if self.seen.is_subset(&there) {
            for key in keys {
                let is_new =
                    <[u8; 16]>::try_from(key.as_slice()).is_ok_and(|key| !self.seen.contains(&key));
                if is_new && let Some(row) = self.store.get(Table::Changes, &key).await? {
                    self.take_change(&key, &row);
                }
            }
        } else {
            // Something was erased: what is left tells the whole state.
            self.view = View::default();
            self.photos.clear();
            self.seen.clear();
            self.closed_changes = Closed::default();
            self.read_changes().await?;
        }
        self.read_drafts().await
    }

    async fn read_changes(&mut self) -> Result<(), Failure> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = self
                .store
                .scan(Table::Changes, after.as_deref(), ROWS_AT_ONCE)
                .await?;
            for (key, row) in &rows {
                self.take_change(key, row);
            }
            match rows.into_iter().last() {
                Some((key, _)) => after = Some(key),
                None => return Ok(()),
            }
        }
    }

    fn take_change(&mut self, key: &[u8], row: &[u8]) {
        let Ok(row_key) = <[u8; 16]>::try_from(key) else {
            self.closed_changes.damaged += 1;
            return;
        };
        // Also a row that does not open has been seen: it is counted once.
        self.seen.insert(row_key);
        let opened = self.sealing.open(Table::Changes, key, row);
        match opened.map(|bytes| Change::decode(&bytes)) {
            Ok(Ok(change)) => self.take_into_view(row_key, &change),
            Ok(Err(ChangeError::Later(_))) | Err(SealError::Later(_)) => {
                self.closed_changes.later += 1;
            }
            Ok(Err(_)) | Err(SealError::DoesNotOpen) => self.closed_changes.damaged += 1,
        }
    }

    async fn read_drafts(&mut self) -> Result<(), Failure> {
        self.drafts.clear();
        self.closed_drafts = Closed::default();
        for (key, row) in self.store.scan(Table::Drafts, None, usize::MAX).await? {
            let id = <[u8; 16]>::try_from(key.as_slice()).map(EntityId);
            let opened = self.sealing.open(Table::Drafts, &key, &row);
            match (id, opened) {
                (Ok(id), Ok(bytes)) => match Draft::decode(id, &bytes) {
                    Ok(draft) => {
                        self.drafts.insert(id, draft);
                    }
                    Err(DraftError::Later) => self.closed_drafts.later += 1,
                    Err(DraftError::Malformed) => self.closed_drafts.damaged += 1,
                },
                (_, Err(SealError::Later(_))) => self.closed_drafts.later += 1,
                _ => self.closed_drafts.damaged += 1,
            }
        }
        Ok(())
    }

    async fn read_last_child(&self) -> Result<Option<EntityId>, Failure> {
        let row = self.store.get(Table::Meta, LAST_CHILD).await?;
        let bytes = row.and_then(|row| self.sealing.open(Table::Meta, LAST_CHILD, &row).ok());
        Ok(bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(EntityId)
            .filter(|child| {
                self.view
                    .get(*child)
                    .is_some_and(|entity| !bin::is_deleted(entity))
            }))
    }
}
