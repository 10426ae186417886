//! Reading: records and stretches of the timeline, out of the view.

use super::Vault;
use super::bin::is_deleted;
use crate::Day;
use crate::messages::Failure;
use crate::photo::{self, Photo};
use crate::ports::{Clock, Random, Store, Table};
use crate::record::{CHILD, DAY, Record, RecordKind};
use crate::sync::merge::Entity;
use crate::timeline::{Filter, Page};
use hearth_protocol::sorted::{gather, sort_by_key};
use hearth_protocol::{EntityId, Millis};
use std::cmp::Reverse;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) fn records(&self) -> impl Iterator<Item = (EntityId, RecordKind, &Entity)> {
        self.view
            .iter()
            .filter(|(id, _)| !self.ending.contains(id))
            .filter_map(|(id, entity)| Some((id, RecordKind::from_number(entity.kind())?, entity)))
    }

    pub(super) fn timeline(&self, filter: Filter, offset: usize, limit: usize) -> Page {
        let mut found: Vec<_> = self
            .records()
            .filter(|(id, kind, entity)| {
                filter.kind.is_none_or(|wanted| wanted == *kind)
                    && filter
                        .child
                        .is_none_or(|child| entity.entity(CHILD) == Some(child))
                    && match filter.is_waiting {
                        true => !self.is_sent(*id, entity),
                        false => filter.in_bin == is_deleted(entity),
                    }
            })
            .map(|(id, kind, entity)| {
                let key = match filter.in_bin {
                    true => (0, deleted_at(entity).unwrap_or_default()),
                    false => (self.day_of(entity).0, entity.first().0),
                };
                (Reverse(key), id, kind, entity)
            })
            .collect();
        found.sort_unstable_by_key(|(key, id, ..)| (*key, *id));
        let total = found.len();
        let shown = found.into_iter().skip(offset).take(limit);
        let records = shown
            .map(|(_, id, kind, entity)| {
                let written_day = self.surroundings.day_of(entity.first().millis());
                self.record_of(id, kind, entity).summarize(written_day)
            })
            .collect();
        Page { records, total }
    }

    pub(super) fn record(&self, id: EntityId) -> Result<Record, Failure> {
        let (kind, entity) = self.kind_of(id).ok_or(Failure::NotFound)?;
        Ok(Record {
            rewritten: self.rewritten(id, entity),
            ..self.record_of(id, kind, entity)
        })
    }

    pub(super) async fn blob(&self, id: EntityId) -> Result<Vec<u8>, Failure> {
        let row = self
            .store
            .get(Table::Blobs, &id.0)
            .await?
            .ok_or(Failure::NotFound)?;
        self.sealing
            .open(Table::Blobs, &id.0, &row)
            .map_err(|_| Failure::Damaged)
    }

    fn record_of(&self, id: EntityId, kind: RecordKind, entity: &Entity) -> Record {
        let (is_mine, by) = self.told_by(entity);
        Record {
            id,
            kind,
            child: entity.entity(CHILD),
            day: said_day(entity),
            written: entity.first().millis(),
            changed: entity.last().millis(),
            deleted: deleted_at(entity),
            fields: gather(entity.texts().map(|(field, text)| (field, text.to_owned()))),
            photos: self.photos_of(id),
            is_mine,
            by,
            notes: self.notes_of(id),
            conflicts: Self::conflicts_of(entity),
            // A list does not say it.
            rewritten: Vec::new(),
            whereabouts: self.whereabouts(id, entity),
            readers: self.readers_of(id, entity),
        }
    }

    fn day_of(&self, entity: &Entity) -> Day {
        said_day(entity).unwrap_or_else(|| self.surroundings.day_of(entity.first().millis()))
    }

    fn photos_of(&self, record: EntityId) -> Vec<Photo> {
        let ids = self
            .photos
            .get(&record)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut photos: Vec<_> = ids
            .iter()
            .filter_map(|id| {
                let entity = self.view.get(*id)?;
                (!is_deleted(entity)).then_some((entity.first(), photo_of(*id, entity)?))
            })
            .collect();
        sort_by_key(&mut photos, |(first, photo)| (*first, photo.id));
        photos.into_iter().map(|(_, photo)| photo).collect()
    }
}

fn said_day(entity: &Entity) -> Option<Day> {
    entity
        .int(DAY)
        .and_then(|day| i32::try_from(day).ok())
        .map(Day)
}

pub(super) fn deleted_at(entity: &Entity) -> Option<Millis> {
    let at = entity.deletion()?.value.as_int()?;
    u64::try_from(at).ok()
}

fn photo_of(id: EntityId, entity: &Entity) -> Option<Photo> {
    let side = |field| entity.int(field).and_then(|side| u32::try_from(side).ok());
    Some(Photo {
        id,
        blob: entity.entity(photo::BLOB)?,
        thumbnail: entity.entity(photo::THUMBNAIL)?,
        width: side(photo::WIDTH)?,
        height: side(photo::HEIGHT)?,
        caption: entity.text(photo::CAPTION).unwrap_or_default().to_owned(),
        taken: entity
            .int(photo::TAKEN)
            .and_then(|day| i32::try_from(day).ok())
            .map(Day),
    })
}
