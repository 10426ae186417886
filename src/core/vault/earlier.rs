//! Earlier versions of a record's fields, and bringing one back: that is an edit like any other,
//! and what it takes the place of is an earlier version from then on.

use super::Vault;
use super::bin::is_deleted;
use crate::messages::Failure;
use crate::photo::CAPTION;
use crate::ports::{Clock, Random, Store};
use crate::record::{CHILD, DAY, DELETED, Earlier, Record, Rewritten, Said, Version, WORDS};
use crate::sync::merge::{self, Entity};
use hearth_protocol::{EntityId, PersonId, SortedMap};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) fn earlier(&self, record: EntityId) -> Result<Earlier, Failure> {
        let (_, entity) = self.kind_of(record).ok_or(Failure::NotFound)?;
        Ok(Earlier {
            fields: self.rewritten(record, entity),
            may_bring_back: entity.author() == self.own_person() && !is_deleted(entity),
        })
    }

    /// Every field that has more than one version.
    pub(super) fn rewritten(&self, record: EntityId, entity: &Entity) -> Vec<Rewritten> {
        let told = entity.fields().into_iter();
        let told = told.filter(|field| *field >= WORDS && *field != DELETED);
        let mut found: Vec<Rewritten> = told
            .chain([CHILD, DAY])
            .map(|field| self.versions(record, entity, field))
            .collect();
        for photo in self.photos.get(&record).into_iter().flatten() {
            let entity = self.view.get(*photo);
            let entity = entity.filter(|entity| !is_deleted(entity));
            found.extend(entity.map(|entity| self.versions(*photo, entity, CAPTION)));
        }
        found.retain(|field| field.versions.len() > 1);
        found
    }

    /// Writes a version of a field once more.
    pub(super) async fn bring_back(
        &mut self,
        record: EntityId,
        of: EntityId,
        field: u64,
        said: &Said,
    ) -> Result<Record, Failure> {
        let earlier = self.earlier(record)?;
        if !earlier.may_bring_back {
            return Err(Failure::NotYours);
        }
        // Only what was there: this is no way around an edit, nor to what was erased.
        let mut fields = earlier.fields.iter();
        let is_it = |it: &&Rewritten| (it.of, it.field) == (of, field);
        let versions = fields.find(is_it).map_or(&[][..], |it| &it.versions);
        if versions.iter().all(|version| version.said != *said) {
            return Err(Failure::NotFound);
        }
        let kind = self.view.get(of).ok_or(Failure::NotFound)?.kind();
        let patch = SortedMap::from([(field, said.to_value())]);
        let change = (kind, of, patch);
        self.write_changes(vec![change], vec![]).await?;
        self.record(record)
    }

    fn versions(&self, of: EntityId, entity: &Entity, field: u64) -> Rewritten {
        let shown = entity.heads(field).first().map(|head| head.name);
        let versions = entity.history(field).into_iter().rev();
        let versions = versions.filter_map(|version| {
            let is_shown = Some(version.name) == shown;
            self.version(field, &version, is_shown)
        });
        Rewritten {
            of,
            field,
            versions: versions.collect(),
        }
    }

    fn version(&self, field: u64, version: &merge::Version<'_>, is_shown: bool) -> Option<Version> {
        let (is_mine, by) = self.called(version.person);
        Some(Version {
            said: Said::of_value(field, version.value)?,
            when: merge::clamped(version.hlc, version.placed).millis(),
            by,
            is_mine,
            is_shown,
        })
    }

    /// Whether it is this phone's person, and what anybody else is called.
    pub(super) fn called(&self, person: PersonId) -> (bool, String) {
        if person == self.own_person() {
            return (true, String::new());
        }
        (false, self.name_of(&person.0))
    }
}
