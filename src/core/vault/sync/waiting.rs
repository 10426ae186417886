//! Changes that wait on this phone become frames. Nothing is lost where that fails: they wait on.

use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::merge::{BEGINS, Name, RowKey};
use crate::sync::replica::{Waiting, WaitingError};
use hearth_protocol::blob::{BlobCipher, BlobHasher};
use hearth_protocol::limits::MOST_CHANGES;
use hearth_protocol::sorted::LongSet;
use hearth_protocol::{BlobId, Change, EntityId, Key, StreamId, Value};

/// Changes that are framed before an exchange is asked: of some lines each, about what it carries. The next are framed
/// while it is on its way.
pub(in crate::vault) const MOST_AT_ONCE: usize = 67 * MOST_CHANGES;

/// A photo's attachment, the key that seals it, its hash.
const ATTACHMENTS: [(u64, u64, u64); 2] = [
    (
        photo::THUMBNAIL,
        photo::THUMBNAIL_KEY,
        photo::THUMBNAIL_HASH,
    ),
    (photo::BLOB, photo::BLOB_KEY, photo::BLOB_HASH),
];

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Frames more of what waits while an exchange is on its way, where the step before left some. Nothing depends on it:
    /// what is not framed by then is framed when it is due.
    ///
    /// # Errors
    /// [`Failure`] of the store; nothing that was saved is lost by it.
    pub async fn frame_ahead(&mut self) -> Result<(), Failure> {
        if self.is_stale || !self.line.is_more_waiting || !self.line.is_exchanging() {
            return Ok(());
        }
        self.frame_waiting(self.most_at_once).await
    }

    /// Frames about as much as the next exchange carries, where the one before left nothing to send. No news is taken in
    /// while more waits: see [`Vault::frame_all`].
    pub(super) async fn frame_next(&mut self) -> Result<(), Failure> {
        self.change_keys_if_due().await?;
        let replica = self.replica.as_ref();
        let is_next_framed =
            replica.is_some_and(|replica| replica.has_unsent() && !replica.is_changing_keys());
        if self.line.is_more_waiting && is_next_framed {
            return Ok(());
        }
        self.frame_waiting(self.most_at_once).await
    }

    /// Frames every change that waits: what comes next was not seen by whoever wrote them.
    pub(super) async fn frame_all(&mut self) -> Result<(), Failure> {
        self.change_keys_if_due().await?;
        self.frame_waiting(usize::MAX).await
    }

    /// Oldest first, at most so many.
    async fn frame_waiting(&mut self, most: usize) -> Result<(), Failure> {
        if !self.may_tell() {
            return Ok(());
        }
        let Some(replica) = &self.replica else {
            return Ok(());
        };
        let is_changing = replica.is_changing_keys();
        let stream = replica.home_stream();
        let Some(stream) = stream.filter(|stream| replica.may_frame(stream)) else {
            return Ok(());
        };
        // What the old keys left says once what had been seen, and all of it together.
        let most = if is_changing { usize::MAX } else { most };
        let rows = self.waiting_changes(most).await?;
        let rows = self.leave_out_told(rows).await?;
        if rows.is_empty() && !is_changing {
            return Ok(());
        }
        let mut begun = LongSet::new();
        let mut waiting = Vec::with_capacity(rows.len());
        for (row, mut change) in rows {
            self.mark_begin(row, &mut change, &mut begun);
            let blobs = self.add_attachments(stream, &mut change).await?;
            waiting.push(Waiting { row, change, blobs });
        }
        let Some(replica) = &mut self.replica else {
            return Ok(());
        };
        let framed = replica.frame_waiting(stream, waiting, &draw_from(&self.surroundings));
        match framed {
            Ok(effects) => self.carry_out(effects).await,
            // Its key has not come: a later exchange brings it.
            Err(WaitingError::NoKey) => Ok(()),
            Err(error) => {
                self.is_stale = true;
                Err(error.into())
            }
        }
    }

    /// Which they are says the store, so that what another tab saved is among them. What they say
    /// is known already, mostly: a row is never written again under its key.
    async fn waiting_changes(&mut self, most: usize) -> Result<Vec<(RowKey, Change)>, Failure> {
        let mut keys = self.store.keys(Table::Changes).await?;
        self.line.is_more_waiting = keys.len() > most;
        keys.truncate(most);
        let known = keys.iter().map(|key| self.known_change(key));
        if let Some(known) = known.collect() {
            return Ok(known);
        }
        let mut found = Vec::new();
        self.each_row(Table::Changes, |sealing, (key, row)| {
            found.extend(self.known_change(&key).or_else(|| {
                let bytes = sealing.open(Table::Changes, &key, &row).ok()?;
                let change = Change::decode(&bytes).ok()?;
                Some((RowKey::try_from(key.as_slice()).ok()?, change))
            }));
        })
        .await?;
        found.truncate(most);
        Ok(found)
    }

    /// The waiting change of a row, where it is among what is shown.
    fn known_change(&self, key: &[u8]) -> Option<(RowKey, Change)> {
        let row = RowKey::try_from(key).ok()?;
        let (entity, kept) = self.view.change(Name::Waiting(row))?;
        Some((row, kept.to_change(entity)))
    }

    /// Records from before there was a circle do not say with which change they begin.
    fn mark_begin(&self, row: RowKey, change: &mut Change, begun: &mut LongSet<EntityId>) {
        let is_first = begun.insert(change.entity);
        if change.patch.get(&BEGINS) == Some(&Value::Bool(true)) {
            return;
        }
        let known = self.view.get(change.entity);
        let is_framed = |name: &Name| matches!(name, Name::Framed { .. });
        let has_begun = known.is_some_and(|entity| entity.names().any(|name| is_framed(&name)));
        let is_known =
            known.is_none_or(|entity| entity.names().any(|name| name == Name::Waiting(row)));
        if is_first && !has_begun && is_known {
            change.patch.insert(BEGINS, Value::Bool(true));
        }
    }

    /// Gives a new photo the keys its files travel under. A file that is not here is not named:
    /// the words go without it.
    async fn add_attachments(
        &self,
        stream: StreamId,
        change: &mut Change,
    ) -> Result<Vec<(BlobId, u64)>, Failure> {
        let mut blobs = Vec::new();
        let Some(circle) = self.replica.as_ref().map(crate::sync::replica::Replica::id) else {
            return Ok(blobs);
        };
        if change.kind != photo::KIND {
            return Ok(blobs);
        }
        for (field, key_field, hash_field) in ATTACHMENTS {
            let id = change.patch.get(&field).and_then(Value::as_array);
            let (Some(id), None) = (id, change.patch.get(&key_field)) else {
                continue;
            };
            let Ok(content) = self.blob(EntityId(id)).await else {
                continue;
            };
            let secret = self.random()?;
            let cipher = BlobCipher::new(&Key::new(secret), &circle, &stream, &BlobId(id));
            let Ok(sealed) = cipher.seal(&content) else {
                continue;
            };
            let mut hasher = BlobHasher::default();
            hasher.update(&sealed);
            let hash = hasher.finish();
            change
                .patch
                .insert(key_field, Value::Bytes(secret.to_vec()));
            change
                .patch
                .insert(hash_field, Value::Bytes(hash.0.to_vec()));
            blobs.push((BlobId(id), sealed.len() as u64));
        }
        Ok(blobs)
    }
}
