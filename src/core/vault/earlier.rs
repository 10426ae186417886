//! Earlier versions of a record's fields, and bringing one back: that is an edit like any other,
//! and what it takes the place of is an earlier version from then on.

use super::Vault;
use super::bin::is_deleted;
use super::save::text_or_null;
use crate::circle::note::Note;
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store};
use crate::record::{CHILD, DAY, Record, WORDS};
use crate::sync::merge::{Entity, clamped};
use hearth_protocol::{EntityId, SortedMap, Value};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Every version of each field that has more than one: words and choices, the day, the child,
    /// and what is on the photos.
    pub(super) fn rewritten(&self, record: EntityId, entity: &Entity) -> Vec<Note> {
        let mut found = Vec::new();
        let fields = entity.fields().into_iter().filter(|field| *field >= WORDS);
        for field in fields.chain([DAY, CHILD]) {
            self.add_versions(&mut found, record, entity, field);
        }
        for of in self.photos.get(&record).into_iter().flatten() {
            let photo = self.view.get(*of).filter(|photo| !is_deleted(photo));
            if let Some(photo) = photo {
                self.add_versions(&mut found, *of, photo, photo::CAPTION);
            }
        }
        found
    }

    /// Writes these words over versions that were seen: they stay in the history.
    pub(super) async fn settle(
        &mut self,
        of: EntityId,
        field: u64,
        words: String,
    ) -> Result<Record, Failure> {
        let entity = self.view.get(of).ok_or(Failure::NotFound)?;
        let record = match entity.kind() {
            photo::KIND => entity.entity(photo::OF).ok_or(Failure::NotFound)?,
            _ => of,
        };
        let (_, whole) = self.kind_of(record).ok_or(Failure::NotFound)?;
        if entity.author() != self.own_person() {
            return Err(Failure::NotYours);
        }
        let is_conflict = entity.conflicts().contains(&field);
        let mut versions = entity.history(field).into_iter();
        let known = versions.find(|version| said(field, version.value).as_ref() == Some(&words));
        // Nothing is changed in the bin: it would be out of it.
        let value = match known {
            Some(version) if is_conflict || !is_deleted(whole) => version.value.clone(),
            _ if is_conflict => text_or_null(&words),
            _ => return self.record(record),
        };
        let change = (entity.kind(), of, SortedMap::from([(field, value)]));
        self.write_changes(vec![change], vec![]).await?;
        self.record(record)
    }

    fn add_versions(&self, found: &mut Vec<Note>, of: EntityId, entity: &Entity, field: u64) {
        let history = entity.history(field);
        if history.len() < 2 {
            return;
        }
        for version in history.iter().rev() {
            let Some(words) = said(field, version.value) else {
                continue;
            };
            let (is_mine, by) = self.called(version.person);
            found.push(Note {
                id: of,
                field,
                words,
                by,
                is_mine,
                written: clamped(version.hlc, version.placed).millis(),
            });
        }
    }
}

/// What a value says in its field; nothing of a later build's that no screen could show.
fn said(field: u64, value: &Value) -> Option<String> {
    Some(match (field, value) {
        (_, Value::Null) => String::new(),
        (CHILD, child) => EntityId(child.as_array()?).to_string(),
        (DAY, day) => day.as_int()?.to_string(),
        (_, words) => words.as_text()?.to_owned(),
    })
}
