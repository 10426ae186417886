//! What people do on a phone. Whatever it shows as saved is promised.

use crate::phone::patch_of;
use crate::surroundings::YEAR;
use crate::world::World;
use hearth_core::draft::Draft;
use hearth_core::messages::{Request, Response};
use hearth_core::record::{DELETED, RecordKind, WORDS};
use hearth_core::{EntityId, child, photo};
use hearth_protocol::Value;

impl World {
    /// Tells something in words that nobody has used before.
    pub(crate) fn tell(&mut self, phone: usize) -> Option<EntityId> {
        let kind = RecordKind::ALL[self.dice.below(3)];
        let mut draft = self.phones[phone].begin(kind);
        let words = self.promises.new_text();
        draft.fields.insert(WORDS, words);
        self.save(phone, &draft).then_some(draft.id)
    }

    /// The same with a photo.
    pub(crate) fn tell_with_photo(&mut self, phone: usize) -> Option<EntityId> {
        let content = self.promises.new_text().repeat(30).into_bytes();
        let mut draft = self.phones[phone].begin(RecordKind::Story);
        draft = self.phones[phone].add_photo(&draft, &content)?;
        draft.fields.insert(WORDS, self.promises.new_text());
        for photo in draft.photos.clone() {
            for blob in [photo.blob, photo.thumbnail] {
                let bytes = self.phones[phone].blob(blob)?;
                self.promises.photos.insert(blob, bytes);
            }
        }
        self.save(phone, &draft).then_some(draft.id)
    }

    /// Saves a draft. Whether the phone says that it is saved.
    pub(crate) fn save(&mut self, phone: usize, draft: &Draft) -> bool {
        let before = self.phones[phone].read(draft.id);
        let saved = self.phones[phone].try_ask(Request::Save {
            draft: draft.id,
            kind: draft.kind,
            patch: patch_of(draft),
        });
        match saved {
            Ok(Response::Saved(_)) => {
                self.count_save(phone);
                self.promises.note_save(phone, draft, before.as_ref());
                true
            }
            _ => false,
        }
    }

    fn count_save(&mut self, phone: usize) {
        let ahead = self.phones[phone].surroundings.ahead.get();
        self.counts.saves += 1;
        self.counts.years_off += u64::from(ahead.unsigned_abs() >= YEAR.unsigned_abs());
    }

    /// Changes a field of a record to other words.
    pub(crate) fn edit(&mut self, phone: usize, record: EntityId, field: u64) -> bool {
        let Some(mut draft) = self.phones[phone].draft(Request::Edit(record)) else {
            return false;
        };
        draft.fields.insert(field, self.promises.new_text());
        self.save(phone, &draft)
    }

    /// Takes a photo out of a record, or writes under it.
    pub(crate) fn edit_photos(&mut self, phone: usize, record: EntityId) {
        let Some(draft) = self.phones[phone].draft(Request::Edit(record)) else {
            return;
        };
        let Some(photo) = self.dice.pick(&draft.photos) else {
            return;
        };
        let request = match self.dice.chance(30) {
            true => Request::RemovePhoto {
                draft: draft.id,
                photo: photo.id,
            },
            false => Request::CaptionPhoto {
                draft: draft.id,
                photo: photo.id,
                caption: self.promises.new_text(),
            },
        };
        if let Some(draft) = self.phones[phone].draft(request) {
            self.save(phone, &draft);
        }
    }

    pub(crate) fn delete(&mut self, phone: usize, record: EntityId) {
        if self.phones[phone].try_ask(Request::Delete(record)).is_ok() {
            self.count_save(phone);
            self.promises.note_deletion(phone, record);
        }
    }

    pub(crate) fn restore_record(&mut self, phone: usize, record: EntityId) {
        if self.phones[phone].try_ask(Request::Restore(record)).is_ok() {
            self.count_save(phone);
            self.promises.note(phone, record, DELETED, &Value::Null);
        }
    }

    /// Ends a record for good, where it lies in the bin.
    pub(crate) fn end(&mut self, phone: usize, record: EntityId) -> bool {
        let (entities, values) = self.about(phone, record);
        let ended = self.phones[phone].try_ask(Request::Erase(record)).is_ok();
        if ended {
            self.counts.erased += 1;
            self.promises.note_ended(phone, entities, values);
        }
        ended
    }

    /// A record with its photos, and the texts that this phone's person wrote there.
    fn about(&self, phone: usize, record: EntityId) -> (Vec<EntityId>, Vec<String>) {
        let vault = &self.phones[phone].vault;
        let own = vault.replica().map(|replica| replica.me().person);
        let (mut entities, mut values) = (Vec::new(), Vec::new());
        for (id, entity) in vault.view().every() {
            if id != record && entity.entity(photo::OF) != Some(record) {
                continue;
            }
            entities.push(id);
            let changes = entity.changes();
            let changes = changes.filter(|change| Some(change.origin.person) == own);
            let all = changes.flat_map(|change| &change.patch);
            let texts = all.filter(|(_, value)| value.as_text().is_some());
            values.extend(texts.map(|(_, value)| format!("{value:?}")));
        }
        (entities, values)
    }

    pub(crate) fn add_child(&mut self, phone: usize) -> Option<EntityId> {
        let name = self.promises.new_text();
        let answer = self.phones[phone].try_ask(Request::AddChild(name.clone()));
        let Ok(Response::Children(children)) = answer else {
            return None;
        };
        let new = children.iter().find(|child| child.name == name)?;
        self.count_save(phone);
        let name = Value::Text(name);
        self.promises.note(phone, new.id, child::NAME, &name);
        Some(new.id)
    }

    pub(crate) fn rename_child(&mut self, phone: usize, child: EntityId) {
        let name = self.promises.new_text();
        let request = Request::RenameChild {
            child,
            name: name.clone(),
        };
        if self.phones[phone].try_ask(request).is_ok() {
            self.count_save(phone);
            let name = Value::Text(name);
            self.promises.note(phone, child, child::NAME, &name);
        }
    }
}
