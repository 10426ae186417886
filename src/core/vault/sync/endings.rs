//! Records that were ended for good while frames hold them: marked at once, taken out of their
//! frames in the engine's next step, so that only one tab ever writes frames.

use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::merge::{Entity, KeptChange, Name, has_seen};
use crate::sync::replica::{FrameName, Losing, Replica};
use hearth_protocol::change::ERASED_KIND;
use hearth_protocol::sorted::LongSet;
use hearth_protocol::{BlobId, EntityId, SortedMap, SortedSet, StreamId};

const ENDING: &[u8] = b"ending/";

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// The step that marks an entity as ended.
    pub(in crate::vault) fn mark_ended(&self, id: EntityId) -> Result<Write, Failure> {
        self.put(Table::Meta, &ending_key(id), &[])
    }

    pub(in crate::vault) async fn read_endings(&self) -> Result<SortedSet<EntityId>, Failure> {
        let keys = self.store.keys(Table::Meta).await?;
        let ids = keys
            .iter()
            .filter_map(|key| key.strip_prefix(ENDING)?.try_into().ok());
        Ok(ids.map(EntityId).collect())
    }

    /// Takes what was ended out of its frames.
    pub(super) async fn carry_out_endings(&mut self) -> Result<(), Failure> {
        let mut marked = self.read_endings().await?;
        marked.retain(|id| !self.is_on_its_way(*id));
        let half_ended: Vec<EntityId> = self.half_ended().collect();
        if marked.is_empty() && half_ended.is_empty() {
            return Ok(());
        }
        let replica = self.replica.as_ref();
        let replica = replica.filter(|replica| !replica.is_changing_keys());
        let stream = replica.and_then(|replica| {
            let stream = replica.home_stream();
            stream.filter(|stream| replica.may_frame(stream))
        });
        let Some(stream) = stream else {
            return Ok(());
        };
        let mut gone = Vec::new();
        let mut blobs = LongSet::new();
        let mut places: SortedMap<FrameName, Vec<u32>> = SortedMap::new();
        for id in marked.iter().chain(&half_ended) {
            let Some(entity) = self.view.find(*id) else {
                continue;
            };
            gone.push((*id, entity.last()));
            blobs.extend(blobs_of(entity));
            let is_marked = marked.contains(id);
            let words = entity.changes().filter(|change| is_word(change));
            let going = words.filter(|change| is_marked || was_seen_ended(entity, change));
            for (name, index) in framed_in(going, stream) {
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
            self.ending.remove(id);
        }
        Ok(())
    }

    /// Whether a frame that holds it may be on its way. It may be sealed again there, and what
    /// takes its place has to be of the epoch in which it is taken: it goes once it has its row.
    fn is_on_its_way(&self, id: EntityId) -> bool {
        let (Some(replica), Some(entity)) = (&self.replica, self.view.find(id)) else {
            return false;
        };
        // Also one that a server which lost the circle is yet to be told of.
        let is_known = replica.is_known_to_server() || replica.server_key().is_some();
        let is_on_its_way = |change: &KeptChange| match frame_of(change.name()) {
            Some((name, _)) => {
                is_known && name.device == replica.me().device && change.origin.placed.is_none()
            }
            // Its key has not come: it is framed first.
            None => true,
        };
        entity.changes().any(is_on_its_way)
    }

    /// Entities that were ended on one of this person's phones while another one ended something
    /// else in the same frame, whose body then is the one that came last: what is back goes again.
    fn half_ended(&self) -> impl Iterator<Item = EntityId> {
        let own = self.own_person();
        let is_half = move |entity: &Entity| {
            let words = entity.changes().filter(|change| is_word(change));
            let mut own_words = words.filter(|change| change.origin.person == own);
            own_words.any(|change| was_seen_ended(entity, change) && !self.is_awaited(change))
        };
        let ended = self.view.ended();
        ended
            .filter(move |(_, entity)| is_half(entity))
            .map(|(id, _)| id)
    }

    /// Whether the body without this change is still to come.
    fn is_awaited(&self, change: &KeptChange) -> bool {
        let name = frame_of(change.name()).map(|(name, _)| name);
        let replica = self.replica.as_ref().zip(name);
        replica.is_some_and(|(replica, name)| replica.awaits_redaction(&name))
    }

    /// The frames of this person's own devices among them; other people's stay theirs.
    async fn losing(&self, places: SortedMap<FrameName, Vec<u32>>) -> Result<Vec<Losing>, Failure> {
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

fn is_word(change: &KeptChange) -> bool {
    change.kind != ERASED_KIND
}

/// Whether the author's own person ended the entity, having seen this change. One that was not
/// seen stays kept.
fn was_seen_ended(entity: &Entity, change: &KeptChange) -> bool {
    let mut endings = entity.changes().filter(|change| !is_word(change));
    endings.any(|ending| {
        let is_same = ending.origin.person == change.origin.person;
        is_same && has_seen(&ending.origin, &change.origin)
    })
}

fn framed_in<'a>(
    changes: impl Iterator<Item = &'a KeptChange>,
    home: StreamId,
) -> impl Iterator<Item = (FrameName, u32)> {
    let places = changes.filter_map(|change| frame_of(change.name()));
    places.filter(move |(name, _)| name.stream == home)
}

/// The frame that a change lies in, and its place there.
fn frame_of(name: Name) -> Option<(FrameName, u32)> {
    let Name::Framed {
        stream,
        device,
        dev_seq,
        index,
    } = name
    else {
        return None;
    };
    let frame = FrameName {
        stream,
        device,
        dev_seq,
    };
    Some((frame, index))
}
