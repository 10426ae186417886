//! Records that were ended for good while frames hold them: marked at once, taken out of their
//! frames in the engine's next step, so that only one tab ever writes frames.

use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::merge::{Entity, Name};
use crate::sync::replica::{FrameName, Losing, Replica};
use hearth_protocol::{BlobId, EntityId, StreamId};
use std::collections::{BTreeMap, BTreeSet};

const ENDING: &[u8] = b"ending/";

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// The step that marks an entity as ended.
    pub(in crate::vault) fn mark_ended(&self, id: EntityId) -> Result<Write, Failure> {
        self.put(Table::Meta, &ending_key(id), &[])
    }

    pub(in crate::vault) async fn read_endings(&self) -> Result<BTreeSet<EntityId>, Failure> {
        let keys = self.store.keys(Table::Meta).await?;
        let ids = keys
            .iter()
            .filter_map(|key| key.strip_prefix(ENDING)?.try_into().ok());
        Ok(ids.map(EntityId).collect())
    }

    /// Takes what was ended out of its frames.
    pub(super) async fn carry_out_endings(&mut self) -> Result<(), Failure> {
        let marked = self.read_endings().await?;
        if marked.is_empty() {
            return Ok(());
        }
        let replica = self.replica.as_ref();
        let replica = replica.filter(|replica| !replica.is_changing_keys());
        let Some(stream) = replica.and_then(Replica::home_stream) else {
            return Ok(());
        };
        let mut gone = Vec::new();
        let mut blobs = BTreeSet::new();
        let mut places: BTreeMap<FrameName, Vec<u32>> = BTreeMap::new();
        for id in &marked {
            let Some(entity) = self.view.get(*id) else {
                continue;
            };
            gone.push((*id, entity.last()));
            blobs.extend(blobs_of(entity));
            for (name, index) in framed_in(entity, stream) {
                places.entry(name).or_default().push(index);
            }
        }
        let losing = self.losing(places).await?;
        let blobs: Vec<BlobId> = blobs.into_iter().collect();
        if let (Some(replica), false) = (&mut self.replica, losing.is_empty()) {
            let effects = {
                let draw = draw_from(&self.surroundings);
                replica.erase(stream, &gone, losing, &blobs, &draw)?
            };
            self.carry_out(effects).await?;
        }
        let unmark = marked.iter().map(|id| Write::Delete {
            table: Table::Meta,
            key: ending_key(*id),
        });
        self.commit(unmark.collect()).await?;
        for id in &marked {
            self.view.forget(*id);
            self.ending.remove(id);
        }
        Ok(())
    }

    /// The frames of this person's own devices among them; other people's stay theirs.
    async fn losing(&self, places: BTreeMap<FrameName, Vec<u32>>) -> Result<Vec<Losing>, Failure> {
        let mut losing = Vec::with_capacity(places.len());
        for (name, indices) in places {
            let is_ours = self.replica.as_ref().is_some_and(|replica| {
                replica.circle().person(&name.device) == Some(replica.me().person)
            });
            let row = self
                .kept_row(Table::Frames, &Replica::key_of(&name))
                .await?;
            let row = row.filter(|_| is_ours);
            losing.extend(row.and_then(|row| Losing::from_row(name, &row, indices)));
        }
        Ok(losing)
    }
}

fn ending_key(id: EntityId) -> Vec<u8> {
    [ENDING, &id.0].concat()
}

fn blobs_of(entity: &Entity) -> impl Iterator<Item = BlobId> {
    let is_photo = entity.kind() == photo::KIND;
    let fields = [photo::BLOB, photo::THUMBNAIL]
        .into_iter()
        .filter(move |_| is_photo);
    let ids: Vec<BlobId> = fields
        .filter_map(|field| entity.entity(field))
        .map(|id| BlobId(id.0))
        .collect();
    ids.into_iter()
}

fn framed_in(entity: &Entity, home: StreamId) -> impl Iterator<Item = (FrameName, u32)> {
    entity.names().filter_map(move |name| match name {
        Name::Framed {
            stream,
            device,
            dev_seq,
            index,
        } if stream == home => Some((
            FrameName {
                stream,
                device,
                dev_seq,
            },
            index,
        )),
        _ => None,
    })
}
