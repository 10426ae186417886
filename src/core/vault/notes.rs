//! Notes to a record, and versions of a field that stand beside one another.

use super::Vault;
use super::bin::is_deleted;
use crate::circle::note::{self, Note};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::record::{Conflict, DELETED, Record};
use crate::sync::merge::Entity;
use hearth_protocol::SortedMap;
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{EntityId, Value};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn add_note(
        &mut self,
        record: EntityId,
        words: &str,
    ) -> Result<Record, Failure> {
        let words = words.trim();
        if words.is_empty() {
            return Err(Failure::Empty);
        }
        self.kind_of(record).ok_or(Failure::NotFound)?;
        let patch = SortedMap::from([
            (note::OF, Value::Bytes(record.0.to_vec())),
            (note::WORDS, Value::Text(words.to_owned())),
        ]);
        let change = (note::KIND, self.new_id()?, patch);
        self.write_changes(vec![change], vec![]).await?;
        self.record(record)
    }

    pub(super) fn notes_of(&self, record: EntityId) -> Vec<Note> {
        let ids = self
            .notes
            .get(&record)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let entities = ids.iter().filter_map(|id| Some((*id, self.view.get(*id)?)));
        let mut notes: Vec<Note> = entities
            .filter(|(_, entity)| !is_deleted(entity))
            .filter_map(|(id, entity)| {
                let (is_mine, by) = self.told_by(entity);
                Some(Note {
                    id,
                    field: note::WORDS,
                    words: entity.text(note::WORDS)?.to_owned(),
                    by,
                    is_mine,
                    written: entity.first().millis(),
                })
            })
            .collect();
        sort_by_key(&mut notes, |note| (note.written, note.id));
        notes
    }

    /// Fields of words whose versions differ; which day or child it is settles itself.
    pub(super) fn conflicts_of(entity: &Entity) -> Vec<Conflict> {
        let fields = entity.conflicts().into_iter();
        let of_words = fields.filter(|field| *field >= crate::record::WORDS && *field != DELETED);
        let conflicts = of_words.map(|field| {
            let mut versions: Vec<String> = Vec::new();
            for version in entity.heads(field) {
                let words = version.value.as_text().unwrap_or_default().to_owned();
                if !versions.contains(&words) {
                    versions.push(words);
                }
            }
            Conflict { field, versions }
        });
        conflicts.collect()
    }
}
