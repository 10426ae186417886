//! The bin: deleted records stay thirty days and come back whole.

use super::Vault;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::record::{DELETED, RecordKind};
use crate::sync::merge::{Entity, Name};
use crate::sync::replica::Replica;
use crate::vault::read::deleted_at;
use crate::{photo, vault::BIN_DAYS};
use hearth_protocol::SortedMap;
use hearth_protocol::{EntityId, Millis, Value};
use std::collections::HashSet;

const MILLIS_PER_DAY: Millis = 86_400_000;
pub(super) const LAST_OPENED: &[u8] = b"last-opened";

pub(super) fn is_deleted(entity: &Entity) -> bool {
    entity.is_deleted()
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn set_deleted(
        &mut self,
        id: EntityId,
        at: Option<Millis>,
    ) -> Result<(), Failure> {
        let entity = self.view.get(id).ok_or(Failure::NotFound)?;
        if entity.author() != self.own_person() {
            return Err(Failure::NotYours);
        }
        let kind = entity.kind();
        let value = at.map_or(Value::Null, |at| {
            Value::Int(i64::try_from(at).unwrap_or(i64::MAX))
        });
        self.write_changes(
            vec![(kind, id, SortedMap::from([(DELETED, value)]))],
            vec![],
        )
        .await
    }

    /// Ends a record for good: its changes, its photos' changes and their blobs, its draft.
    /// Only what lies in the bin can be ended.
    pub(super) async fn erase(&mut self, id: EntityId) -> Result<(), Failure> {
        let entity = self.view.get(id).filter(|entity| is_deleted(entity));
        if entity.ok_or(Failure::NotFound)?.author() != self.own_person() {
            return Err(Failure::NotYours);
        }
        let photos = self.photos.get(&id).cloned().unwrap_or_default();
        let mut steps = vec![Write::Delete {
            table: Table::Drafts,
            key: id.0.to_vec(),
        }];
        for entity in photos
            .iter()
            .chain([&id])
            .filter_map(|id| self.view.get(*id))
        {
            steps.extend(entity.names().filter_map(waiting_row));
            let blobs = [photo::BLOB, photo::THUMBNAIL]
                .into_iter()
                .filter_map(|field| entity.entity(field));
            steps.extend(blobs.map(|blob| Write::Delete {
                table: Table::Blobs,
                key: blob.0.to_vec(),
            }));
        }
        let mut framed = Vec::new();
        for gone in photos.iter().chain([&id]) {
            let entity = self.view.get(*gone);
            if entity.is_some_and(|entity| entity.names().any(|name| waiting_row(name).is_none())) {
                steps.push(self.mark_ended(*gone)?);
                framed.push(*gone);
            }
        }
        self.commit(steps).await?;
        for gone in photos.into_iter().chain([id]) {
            if framed.contains(&gone) {
                self.forget_waiting(gone);
            } else {
                self.view.forget(gone);
            }
        }
        self.ending.extend(framed);
        self.photos.remove(&id);
        self.drafts.remove(&id);
        Ok(())
    }

    fn forget_waiting(&mut self, id: EntityId) {
        let names = self.view.find(id).into_iter().flat_map(Entity::names);
        let waiting: Vec<Name> = names.filter(|name| waiting_row(*name).is_some()).collect();
        for name in waiting {
            self.view.forget_change(name);
        }
    }

    /// Ends what has been in the bin for thirty days and forgets blobs that nothing names.
    ///
    /// A clock that jumped by more than a bin's time since the last opening ends nothing: a
    /// phone set to the wrong year must not empty the bin.
    ///
    /// # Errors
    /// [`Failure`] of the store; the vault is as usable as before.
    pub async fn tidy(&mut self) -> Result<(), Failure> {
        let now = self.surroundings.now();
        let jumped = match self.last_opened().await? {
            Some(then) => now.abs_diff(then) > BIN_DAYS * MILLIS_PER_DAY,
            None => true,
        };
        if !jumped {
            let due: Vec<EntityId> = self
                .view
                .iter()
                .filter(|(id, _)| !self.ending.contains(id))
                .filter(|(_, entity)| RecordKind::from_number(entity.kind()).is_some())
                .filter(|(_, entity)| entity.author() == self.own_person())
                .filter(|(_, entity)| {
                    let deleted = deleted_at(entity);
                    deleted.is_some_and(|at| at + BIN_DAYS * MILLIS_PER_DAY < now)
                })
                .map(|(id, _)| id)
                .collect();
            for id in due {
                self.erase(id).await?;
            }
        }
        self.commit(vec![self.put(
            Table::Meta,
            LAST_OPENED,
            &int(now).encode(),
        )?])
        .await?;
        self.forget_unnamed_blobs().await
    }

    async fn last_opened(&self) -> Result<Option<Millis>, Failure> {
        let row = self.store.get(Table::Meta, LAST_OPENED).await?;
        let bytes = row.and_then(|row| self.sealing.open(Table::Meta, LAST_OPENED, &row).ok());
        let value = bytes.and_then(|bytes| Value::decode(&bytes).ok());
        Ok(value
            .and_then(|value| value.as_int())
            .and_then(|at| u64::try_from(at).ok()))
    }

    /// Blobs are listed first, then drafts, then changes, so that a photo another tab is saving
    /// right now is named by one of the two. With rows or frames that do not open nothing is
    /// forgotten: they may name what looks unnamed.
    async fn forget_unnamed_blobs(&mut self) -> Result<(), Failure> {
        if self.clear_abandoned().await? {
            return Ok(());
        }
        let blobs = self.store.keys(Table::Blobs).await?;
        self.refresh().await?;
        let health = self.health();
        let replica = self.replica.as_ref();
        let is_unread = replica.is_some_and(Replica::has_closed_frames);
        if health.damaged > 0 || health.later > 0 || is_unread {
            return Ok(());
        }
        let in_drafts = self.drafts.values().flat_map(|draft| &draft.photos);
        let mut named: HashSet<[u8; 16]> = in_drafts
            .flat_map(|photo| [photo.blob.0, photo.thumbnail.0])
            .collect();
        for (_, entity) in self.view.iter() {
            let ids = [photo::BLOB, photo::THUMBNAIL]
                .into_iter()
                .filter_map(|field| entity.entity(field));
            named.extend(ids.map(|id| id.0));
        }
        let unnamed = blobs
            .into_iter()
            .filter(|key| !named.iter().any(|id| id[..] == key[..]));
        let steps: Vec<Write> = unnamed
            .map(|key| Write::Delete {
                table: Table::Blobs,
                key,
            })
            .collect();
        if steps.is_empty() {
            Ok(())
        } else {
            self.commit(steps).await
        }
    }
}

fn waiting_row(name: Name) -> Option<Write> {
    match name {
        Name::Waiting(row) => Some(Write::Delete {
            table: Table::Changes,
            key: row.to_vec(),
        }),
        Name::Framed { .. } => None,
    }
}

fn int(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
