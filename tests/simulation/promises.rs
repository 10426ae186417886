//! What the screens have promised: every value that was shown as saved, and by which phone.

use hearth_core::EntityId;
use hearth_core::draft::Draft;
use hearth_core::photo;
use hearth_core::record::{CHILD, DAY, DELETED, Record};
use hearth_protocol::SortedMap;
use hearth_protocol::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A value that was saved. Values are compared by how they are written out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Promise {
    pub(crate) entity: EntityId,
    pub(crate) field: u64,
    pub(crate) value: String,
    /// The phone that it was saved on.
    pub(crate) phone: usize,
}

/// A record that was ended for good.
struct Ended {
    phone: usize,
    /// The record and its photos.
    entities: Vec<EntityId>,
    /// What that person's phones had written there, as far as this phone knew.
    values: Vec<String>,
}

#[derive(Default)]
pub(crate) struct Promises {
    pub(crate) made: Vec<Promise>,
    ended: Vec<Ended>,
    /// What each photo was when it was added, by its blob.
    pub(crate) photos: BTreeMap<EntityId, Vec<u8>>,
    /// How many texts were handed out, so that none is ever the same.
    texts: u64,
}

impl Promises {
    /// A text that was never written before and can be looked for.
    pub(crate) fn new_text(&mut self) -> String {
        self.texts += 1;
        format!("canary number {} sings", self.texts)
    }

    pub(crate) fn note(&mut self, phone: usize, entity: EntityId, field: u64, value: &Value) {
        self.made.push(Promise {
            entity,
            field,
            value: format!("{value:?}"),
            phone,
        });
    }

    /// What saving this draft promised, given the record as it was shown before.
    pub(crate) fn note_save(&mut self, phone: usize, draft: &Draft, before: Option<&Record>) {
        let old_child = before.and_then(|record| record.child);
        if draft.child != old_child {
            let child = draft.child.map_or(Value::Null, id);
            self.note(phone, draft.id, CHILD, &child);
        }
        if draft.day != before.and_then(|record| record.day) {
            let day = draft
                .day
                .map_or(Value::Null, |day| Value::Int(day.0.into()));
            self.note(phone, draft.id, DAY, &day);
        }
        let old_fields = before
            .map(|record| record.fields.clone())
            .unwrap_or_default();
        let told: BTreeSet<&u64> = draft.fields.keys().chain(old_fields.keys()).collect();
        for field in told {
            let text =
                |fields: &SortedMap<u64, String>| fields.get(field).cloned().unwrap_or_default();
            let (now, then) = (text(&draft.fields), text(&old_fields));
            if now != then {
                let value = match now.is_empty() {
                    true => Value::Null,
                    false => Value::Text(now),
                };
                self.note(phone, draft.id, *field, &value);
            }
        }
        let old = before.map_or(&[][..], |record| &record.photos);
        for photo in &draft.photos {
            match old.iter().find(|old| old.id == photo.id) {
                None => self.note(phone, photo.id, photo::OF, &id(draft.id)),
                Some(old) if old.caption != photo.caption => {
                    let caption = Value::Text(photo.caption.clone());
                    self.note(phone, photo.id, photo::CAPTION, &caption);
                }
                Some(_) => {}
            }
        }
        for gone in old {
            if draft.photos.iter().all(|photo| photo.id != gone.id) {
                // When it went is the phone's own clock's to say.
                self.note_deletion(phone, gone.id);
            }
        }
    }

    pub(crate) fn note_ended(
        &mut self,
        phone: usize,
        entities: Vec<EntityId>,
        values: Vec<String>,
    ) {
        self.ended.push(Ended {
            phone,
            entities,
            values,
        });
    }

    pub(crate) fn is_ended(&self, entity: EntityId) -> bool {
        let mut ended = self.ended.iter();
        ended.any(|ended| ended.entities.contains(&entity))
    }

    /// The values that have to be gone, where one of these phones ended them.
    pub(crate) fn gone(&self, members: &[usize]) -> impl Iterator<Item = &String> {
        let by_members = |ended: &&Ended| members.contains(&ended.phone);
        self.ended
            .iter()
            .filter(by_members)
            .flat_map(|ended| &ended.values)
    }

    /// A delete, whose value is a moment that only the phone knows.
    pub(crate) fn note_deletion(&mut self, phone: usize, entity: EntityId) {
        self.made.push(Promise {
            entity,
            field: DELETED,
            value: String::new(),
            phone,
        });
    }
}

fn id(id: EntityId) -> Value {
    Value::Bytes(id.0.to_vec())
}
