//! What a phone shows as safe outlives it: its store is dropped, and what is left of the circle
//! must have every word and photo: who was let in and has not come never comes. Played on copies, so that the run goes on as it was.

use crate::world::World;
use hearth_core::EntityId;
use hearth_core::circle::Whereabouts;
use hearth_core::record::Record;
use hearth_core::sync::merge::Entity;
use std::collections::BTreeMap;

/// Fields and values of a record, as they are written out.
type Told = Vec<(u64, String)>;

impl World {
    /// Drops a phone and looks for what it showed as safe on the others. What a server lost that
    /// went back, and nobody was told of yet, is no fault.
    pub(crate) fn check_outlives(&mut self, phone: usize) {
        if self.counts.restores > 0 || !self.is_in(phone) || self.phones[phone].is_removed {
            return;
        }
        let safe = self.safe_on(phone);
        if safe.is_empty() {
            return;
        }
        self.counts.safe += safe.len() as u64;
        let (told, photos) = (self.promises.photos.clone(), self.removed());
        let mut left = self.without(phone);
        let others: Vec<usize> = (0..left.phones.len())
            .filter(|other| *other != phone && !photos.contains(other) && left.is_in(*other))
            .collect();
        left.come_to_rest_of(&others);
        for (id, (record, words)) in safe {
            let mut readers = others.iter().copied();
            let is_whole = readers.any(|other| left.has_whole(other, id, &record, &words, &told));
            assert!(is_whole, "phone {phone} was dropped, and {id:?} with it");
        }
    }

    fn removed(&self) -> Vec<usize> {
        let all = 0..self.phones.len();
        let is_gone = |phone: &usize| self.phones[*phone].is_removed || self.phones[*phone].is_away;
        all.filter(is_gone).collect()
    }

    /// What a phone shows as safe, apart from what somebody has ended.
    fn safe_on(&mut self, phone: usize) -> BTreeMap<EntityId, (Record, Told)> {
        let mut safe = BTreeMap::new();
        for id in self.phones[phone].records() {
            let record = self.phones[phone].read(id).unwrap();
            if record.whereabouts == Whereabouts::Safe && !self.promises.is_ended(id) {
                let entity = self.phones[phone].vault.view().get(id).unwrap();
                safe.insert(id, (record, told_in(entity)));
            }
        }
        safe
    }

    /// Whether a phone has every version that another showed, and its photos, byte for byte,
    /// where nobody took them out since.
    fn has_whole(
        &mut self,
        phone: usize,
        id: EntityId,
        record: &Record,
        words: &Told,
        added: &BTreeMap<EntityId, Vec<u8>>,
    ) -> bool {
        let Some(shown) = self.phones[phone].read(id) else {
            return false;
        };
        let entity = self.phones[phone].vault.view().get(id).map(told_in);
        let here = entity.unwrap_or_default();
        let kept = |photo: EntityId| shown.photos.iter().any(|here| here.id == photo);
        let files = record.photos.iter().filter(|photo| kept(photo.id));
        let mut files = files.flat_map(|photo| [photo.blob, photo.thumbnail]);
        words.iter().all(|told| here.contains(told))
            && files.all(|file| {
                let bytes = self.phones[phone].blob(file);
                bytes.is_some() && bytes.as_ref() == added.get(&file)
            })
    }
}

fn told_in(entity: &Entity) -> Told {
    let changes = entity.changes().flat_map(|change| &change.patch);
    changes
        .map(|(field, value)| (*field, format!("{value:?}")))
        .collect()
}
