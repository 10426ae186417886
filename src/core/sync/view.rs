//! The present state of every entity, folded from its changes in any order.

use hearth_protocol::{Change, EntityId, Hlc, Value};
use std::collections::BTreeMap;

/// The key of a change's row.
pub type RowKey = [u8; 16];

/// One entity as its changes made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What sort of thing it is.
    pub kind: u64,
    /// Its first change.
    pub first: Hlc,
    /// Its latest change.
    pub last: Hlc,
    fields: BTreeMap<u64, (Hlc, Value)>,
    /// The rows it is made of.
    pub rows: Vec<RowKey>,
}

impl Entity {
    /// The present value of a field; emptied fields have none.
    #[must_use]
    pub fn field(&self, field: u64) -> Option<&Value> {
        match self.fields.get(&field)? {
            (_, Value::Null) => None,
            (_, value) => Some(value),
        }
    }

    /// The present text of a field.
    #[must_use]
    pub fn text(&self, field: u64) -> Option<&str> {
        self.field(field)?.as_text()
    }

    /// The present number of a field.
    #[must_use]
    pub fn int(&self, field: u64) -> Option<i64> {
        self.field(field)?.as_int()
    }

    /// The entity a field names.
    #[must_use]
    pub fn entity(&self, field: u64) -> Option<EntityId> {
        self.field(field)?.as_array().map(EntityId)
    }

    /// Every present text, by field.
    pub fn texts(&self) -> impl Iterator<Item = (u64, &str)> {
        self.fields
            .iter()
            .filter_map(|(field, (_, value))| Some((*field, value.as_text()?)))
    }
}

/// All entities. The same changes give the same view in whatever order they come, also twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    entities: BTreeMap<EntityId, Entity>,
}

impl View {
    /// Takes one change in.
    pub fn apply(&mut self, row: RowKey, change: &Change) {
        let entity = self
            .entities
            .entry(change.entity)
            .or_insert_with(|| Entity {
                kind: change.kind,
                first: change.hlc,
                last: change.hlc,
                fields: BTreeMap::new(),
                rows: Vec::new(),
            });
        if let Err(place) = entity.rows.binary_search(&row) {
            entity.rows.insert(place, row);
        }
        // An entity is what its first change said it is.
        if change.hlc <= entity.first {
            entity.kind = if change.hlc < entity.first {
                change.kind
            } else {
                entity.kind.min(change.kind)
            };
            entity.first = change.hlc;
        }
        entity.last = entity.last.max(change.hlc);
        for (field, value) in &change.patch {
            let newer = match entity.fields.get(field) {
                None => true,
                Some((hlc, old)) => (change.hlc, value.encode()) > (*hlc, old.encode()),
            };
            if newer {
                entity.fields.insert(*field, (change.hlc, value.clone()));
            }
        }
    }

    /// One entity.
    #[must_use]
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id)
    }

    /// Every entity, by id.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().map(|(id, entity)| (*id, entity))
    }

    /// Forgets an entity.
    pub fn forget(&mut self, id: EntityId) {
        self.entities.remove(&id);
    }
}

#[cfg(test)]
mod tests;
