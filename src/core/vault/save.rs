//! Saving: a draft becomes changes, in the same transaction in which it ends.

use super::Vault;
use super::open::LAST_CHILD;
use crate::draft::{Draft, DraftPatch};
use crate::handout::{SHEET, Sheet};
use crate::messages::Failure;
use crate::photo::{self, Photo};
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::record::{CHILD, DAY, DELETED, Record, RecordKind};
use crate::sync::merge::{BEGINS, RowKey};
use hearth_protocol::SortedMap;
use hearth_protocol::{Change, ChangeError, EntityId, Value};
use std::borrow::Cow;

type Patch = SortedMap<u64, Value>;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn save(
        &mut self,
        id: EntityId,
        kind: RecordKind,
        patch: DraftPatch,
    ) -> Result<Record, Failure> {
        let mut draft = self.draft(id, kind);
        draft.apply(patch, self.surroundings.now());
        if self.record(id).is_ok_and(|record| !record.is_mine) {
            return Err(Failure::NotYours);
        }
        if !draft.has_content() {
            return Err(Failure::Empty);
        }
        let mut ending = vec![Write::Delete {
            table: Table::Drafts,
            key: id.0.to_vec(),
        }];
        if let Some(child) = draft.child {
            ending.push(self.put(Table::Meta, LAST_CHILD, &child.0)?);
        }
        let changes = self.changes_of(&handed_out(&draft));
        if let Err(failure) = self.write_changes(changes, ending).await {
            // The words stay what they were: a draft, with what was typed last.
            self.drafts.insert(id, draft);
            return Err(failure);
        }
        self.drafts.remove(&id);
        self.last_child = draft.child.or(self.last_child);
        self.record(id)
    }

    /// Gives each change a time, makes all of them durable together with `ending`, reads them
    /// back and takes them into the view.
    pub(super) async fn write_changes(
        &mut self,
        changes: Vec<(u64, EntityId, Patch)>,
        ending: Vec<Write>,
    ) -> Result<(), Failure> {
        let founded = self.found_circle().await?;
        let now = self.surroundings.now();
        let mut steps = Vec::with_capacity(changes.len() + ending.len());
        if let Some((_, rows)) = &founded {
            for row in rows {
                steps.push(self.step_of(row)?);
            }
        }
        let mut rows: Vec<(RowKey, Change)> = Vec::with_capacity(changes.len());
        for (kind, entity, mut patch) in changes {
            let is_first = rows.iter().all(|(_, change)| change.entity != entity);
            if is_first && self.view.get(entity).is_none() {
                patch.insert(BEGINS, Value::Bool(true));
            }
            let change = Change {
                kind,
                entity,
                hlc: self.clock.tick(now),
                patch,
            };
            let mut key: RowKey = self.random()?;
            key[..8].copy_from_slice(&change.hlc.0.to_be_bytes());
            steps.push(self.put(Table::Changes, &key, &change.encode()?)?);
            rows.push((key, change));
        }
        steps.extend(ending);
        let has_moved = self.commit_and_read_back(steps).await?;
        if has_moved || founded.is_some() {
            // What was saved before is this person's as well, under the name just made.
            self.read_all().await?;
            return match rows.iter().all(|(_, change)| self.is_kept(change)) {
                true => Ok(()),
                false => Err(Failure::NotReadBack),
            };
        }
        for (key, change) in rows {
            self.take_waiting(key, change);
        }
        Ok(())
    }

    /// Whether what was read from the store says it, wherever it lies by now.
    fn is_kept(&self, change: &Change) -> bool {
        let entity = self.view.get(change.entity);
        entity.is_some_and(|entity| {
            let mut kept = entity.changes();
            kept.any(|kept| (kept.kind, kept.hlc) == (change.kind, change.hlc))
        })
    }

    /// What the draft changes: the record's own fields first, then each photo.
    fn changes_of(&self, draft: &Draft) -> Vec<(u64, EntityId, Patch)> {
        let before = self.record(draft.id).ok();
        let patch = record_patch(draft, before.as_ref());
        let mut changes = vec![(draft.kind.number(), draft.id, patch)];
        let old_photos = before.map(|record| record.photos).unwrap_or_default();
        for photo in &draft.photos {
            let patch = match old_photos.iter().find(|old| old.id == photo.id) {
                None => new_photo(draft.id, photo),
                Some(old) if old.caption != photo.caption => {
                    Patch::from([(photo::CAPTION, text_or_null(&photo.caption))])
                }
                Some(_) => continue,
            };
            changes.push((photo::KIND, photo.id, patch));
        }
        let now = Value::Int(i64::try_from(self.surroundings.now()).unwrap_or(i64::MAX));
        for gone in old_photos
            .iter()
            .filter(|old| draft.photos.iter().all(|photo| photo.id != old.id))
        {
            changes.push((photo::KIND, gone.id, Patch::from([(DELETED, now.clone())])));
        }
        // An edit of photos alone needs no empty change of the record.
        changes.retain(|(_, _, patch)| !patch.is_empty());
        changes
    }
}

/// What was hidden on a page stays out of it from here on: whoever reads the record would read it.
fn handed_out(draft: &Draft) -> Cow<'_, Draft> {
    let sheet = draft.fields.get(&SHEET);
    match sheet.filter(|_| draft.kind == RecordKind::Handout) {
        None => Cow::Borrowed(draft),
        Some(sheet) => {
            let mut given = draft.clone();
            let sheet = Sheet::read(sheet).without_hidden().write();
            given.fields.insert(SHEET, sheet);
            Cow::Owned(given)
        }
    }
}

/// The fields that differ from what is saved.
fn record_patch(draft: &Draft, before: Option<&Record>) -> Patch {
    let mut patch = Patch::new();
    if draft.child != before.and_then(|record| record.child) {
        let child = draft
            .child
            .map_or(Value::Null, |child| Value::Bytes(child.0.to_vec()));
        patch.insert(CHILD, child);
    }
    if draft.day != before.and_then(|record| record.day) {
        patch.insert(
            DAY,
            draft
                .day
                .map_or(Value::Null, |day| Value::Int(i64::from(day.0))),
        );
    }
    let old = before.map(|record| &record.fields);
    let told = draft
        .fields
        .keys()
        .chain(old.into_iter().flat_map(SortedMap::keys));
    for field in told {
        let now = draft.fields.get(field).map_or("", String::as_str);
        let then = old
            .and_then(|old| old.get(field))
            .map_or("", String::as_str);
        if now != then {
            patch.insert(*field, text_or_null(now));
        }
    }
    patch
}

fn new_photo(record: EntityId, photo: &Photo) -> Patch {
    let id = |id: EntityId| Value::Bytes(id.0.to_vec());
    let mut patch = Patch::from([
        (photo::OF, id(record)),
        (photo::BLOB, id(photo.blob)),
        (photo::THUMBNAIL, id(photo.thumbnail)),
        (photo::WIDTH, Value::Int(photo.width.into())),
        (photo::HEIGHT, Value::Int(photo.height.into())),
    ]);
    if let Some(day) = photo.taken {
        patch.insert(photo::TAKEN, Value::Int(day.0.into()));
    }
    if !photo.caption.is_empty() {
        patch.insert(photo::CAPTION, Value::Text(photo.caption.clone()));
    }
    patch
}

pub(super) fn text_or_null(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text.to_owned())
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::TooLong => Self::TooLong,
            _ => Self::Damaged,
        }
    }
}
