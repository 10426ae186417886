//! The vault: one person's records on one phone, behind one key.
//!
//! It owns the view, the drafts and the sealing; it answers [`Request`](crate::messages::Request)s. Everything durable
//! passes through one method, `commit`, so that there is one place where "saved" is decided.

mod answer;
mod bin;
mod children;
mod drafts;
mod open;
mod photos;
mod read;
mod save;
mod sealing;

use crate::draft::Draft;
use crate::messages::{Failure, Health};
use crate::photo;
use crate::ports::{Clock, NoRandomness, Random, Store, StoreError, Table, Write};
use crate::sync::{RowKey, View};
use hearth_protocol::{Change, EntityId, HlcClock};
use sealing::Sealing;
use std::collections::{BTreeMap, HashSet};

/// Days that a record stays in the bin.
pub const BIN_DAYS: u64 = 30;

/// An open vault.
pub struct Vault<S, E> {
    store: S,
    surroundings: E,
    sealing: Sealing,
    clock: HlcClock,
    view: View,
    /// Each record's photos, those in the bin among them.
    photos: BTreeMap<EntityId, Vec<EntityId>>,
    seen: HashSet<RowKey>,
    drafts: BTreeMap<EntityId, Draft>,
    last_child: Option<EntityId>,
    closed_changes: Closed,
    closed_drafts: Closed,
}

/// Rows that did not open. They are kept as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Closed {
    damaged: usize,
    later: usize,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// All steps become durable at once, or [`Failure`] says why none did.
    async fn commit(&self, steps: Vec<Write>) -> Result<(), Failure> {
        Ok(self.store.write(steps).await?)
    }

    /// Commits, and then reads every row back: only after this may a screen say "saved".
    async fn commit_and_read_back(&self, steps: Vec<Write>) -> Result<(), Failure> {
        self.commit(steps.clone()).await?;
        for step in steps {
            let Write::Put { table, key, value } = step else {
                continue;
            };
            if self.store.get(table, &key).await?.as_ref() != Some(&value) {
                return Err(Failure::NotReadBack);
            }
        }
        Ok(())
    }

    /// Takes a durable change into what is shown.
    fn take_into_view(&mut self, row: RowKey, change: &Change) {
        self.clock.observe(change.hlc);
        self.seen.insert(row);
        self.view.apply(row, change);
        let of = change
            .patch
            .get(&photo::OF)
            .and_then(|of| of.as_array())
            .map(EntityId);
        if let (photo::KIND, Some(record)) = (change.kind, of) {
            let photos = self.photos.entry(record).or_default();
            if !photos.contains(&change.entity) {
                photos.push(change.entity);
            }
        }
    }

    /// The step that seals and keeps one row.
    fn put(&self, table: Table, key: &[u8], plain: &[u8]) -> Result<Write, Failure> {
        let value = self.sealing.seal(table, key, self.random()?, plain)?;
        Ok(Write::Put {
            table,
            key: key.to_vec(),
            value,
        })
    }

    fn random<const N: usize>(&self) -> Result<[u8; N], Failure> {
        let mut bytes = [0; N];
        self.surroundings.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn new_id(&self) -> Result<EntityId, Failure> {
        self.random().map(EntityId)
    }

    /// How the store is. The browser's worker adds what only it knows.
    #[must_use]
    pub fn health(&self) -> Health {
        let records = self.records().count();
        let in_bin = self
            .records()
            .filter(|(_, _, entity)| bin::is_deleted(entity))
            .count();
        Health {
            records: records - in_bin,
            in_bin,
            damaged: self.closed_changes.damaged + self.closed_drafts.damaged,
            later: self.closed_changes.later + self.closed_drafts.later,
            key_is_plain: false,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::Lost(why) => Self::Lost(why),
            StoreError::Refused(why) => Self::Refused(why),
        }
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::Refused(error.to_string())
    }
}

#[cfg(test)]
mod tests;
