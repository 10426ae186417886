//! Who is in the circle, what they are called, and where a record is.

use super::Vault;
use super::bin::is_deleted;
use crate::circle::{CircleView, Device, Person, SyncTrouble, SyncView, Whereabouts, card};
use crate::photo;
use crate::ports::{Clock, Random, Store};
use crate::record::RecordKind;
use crate::sync::merge::{Entity, Name};
use crate::sync::replica::{Replica, Trouble};
use hearth_protocol::control::Standing;
use hearth_protocol::{EntityId, PersonId};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Everything a screen about the circle shows.
    #[must_use]
    pub fn circle(&self) -> CircleView {
        let replica = self.replica.as_ref();
        CircleView {
            people: replica.map_or_else(Vec::new, |replica| self.people(replica)),
            invites: self.invite_views(),
            joining: self.join_view(),
            may_invite: replica.is_none_or(Replica::is_manager),
            sync: self.sync_view(),
        }
    }

    fn people(&self, replica: &Replica) -> Vec<Person> {
        let me = replica.me();
        let circle = replica.circle();
        let mut people: Vec<Person> = circle
            .members()
            .map(|(id, _)| Person {
                id,
                name: self.name_of(&id.0),
                is_me: id == me.person,
                devices: circle
                    .devices(&id)
                    .map(|device| Device {
                        id: device,
                        name: self.name_of(&device.0),
                        is_this: device == me.device,
                    })
                    .collect(),
            })
            .collect();
        people.sort_by_key(|person| (!person.is_me, person.name.clone(), person.id));
        people
    }

    fn sync_view(&self) -> SyncView {
        let is_unsent =
            |id: EntityId, entity: &Entity| self.whereabouts(id, entity) <= Whereabouts::Waiting;
        let records = self
            .records()
            .filter(|(id, _, entity)| is_unsent(*id, entity));
        let replica = self.replica.as_ref();
        let needs_update =
            replica.is_some_and(|replica| replica.circle().standing() == Standing::UpdateNeeded);
        let trouble = replica.and_then(|replica| replica.trouble().copied());
        SyncView {
            unsent: records.count(),
            unsent_photos: self.unsent_photos(),
            last: self.last_exchange(),
            trouble: match trouble {
                _ if needs_update => Some(SyncTrouble::UpdateNeeded),
                Some(Trouble::TwoHistories(_)) => Some(SyncTrouble::TwoHistories),
                Some(Trouble::StoreWentBack) => Some(SyncTrouble::StoreWentBack),
                Some(Trouble::NotTaken(_)) => Some(SyncTrouble::NotTaken),
                None if replica.is_some_and(Replica::is_waiting_for_keys) => {
                    Some(SyncTrouble::StoreWentBack)
                }
                None if self.is_refused() => Some(SyncTrouble::NotTaken),
                None => None,
            },
            backup: self.backup.as_ref().map(|backup| backup.made),
        }
    }

    /// What a person or device is called; empty where nobody said.
    pub(super) fn name_of(&self, id: &[u8; 16]) -> String {
        let cards = self.cards.get(id).map(Vec::as_slice).unwrap_or_default();
        let cards = cards.iter().filter_map(|card| self.view.get(*card));
        let mut cards: Vec<&Entity> = cards.filter(|card| !is_deleted(card)).collect();
        // Two people may have made a card each: the newer one holds.
        cards.sort_by_key(|card| std::cmp::Reverse(card.last()));
        let name = cards.first().and_then(|card| card.text(card::NAME));
        name.unwrap_or_default().to_owned()
    }

    /// Whose an entity is, as screens say it.
    pub(super) fn told_by(&self, entity: &Entity) -> (bool, String) {
        let author: PersonId = entity.author();
        if author == self.own_person() {
            return (true, String::new());
        }
        (false, self.name_of(&author.0))
    }

    /// Where all the parts of a record are.
    pub(super) fn whereabouts(&self, id: EntityId, entity: &Entity) -> Whereabouts {
        let photos = self.photos.get(&id).map(Vec::as_slice).unwrap_or_default();
        let photos = photos.iter().filter_map(|photo| self.view.get(*photo));
        let parts: Vec<&Entity> = std::iter::once(entity).chain(photos).collect();
        let is_placed = |entity: &&Entity| {
            let mut changes = entity.changes();
            changes.all(|change| {
                let is_framed = matches!(change.name(), Name::Framed { .. });
                is_framed && change.origin.placed.is_some()
            })
        };
        let Some(replica) = &self.replica else {
            return Whereabouts::OnThisPhone;
        };
        if !replica.is_known_to_server() {
            return Whereabouts::OnThisPhone;
        }
        let is_own = entity.author() == self.own_person();
        let has_photos = !is_own || parts.iter().all(|part| self.are_files_signed_for(part));
        if !parts.iter().all(is_placed) || !has_photos {
            return Whereabouts::Waiting;
        }
        if self.is_opened_elsewhere(replica) {
            Whereabouts::Safe
        } else {
            Whereabouts::SentOnlyHere
        }
    }

    fn are_files_signed_for(&self, entity: &Entity) -> bool {
        if entity.kind() != photo::KIND || is_deleted(entity) {
            return true;
        }
        let mut files = [photo::BLOB, photo::THUMBNAIL].into_iter();
        files.all(|field| self.is_file_signed_for(entity, field))
    }

    fn unsent_photos(&self) -> usize {
        let photos = self.view.iter().filter(|(_, entity)| {
            entity.kind() == photo::KIND && entity.author() == self.own_person()
        });
        photos
            .filter(|(_, entity)| !self.are_files_signed_for(entity))
            .count()
    }

    /// Whether somebody else has a key: another device in the circle, or a backup made since the
    /// keys last changed.
    fn is_opened_elsewhere(&self, replica: &Replica) -> bool {
        let me = replica.me().device;
        let circle = replica.circle();
        let is_other = |device| device != me && !replica.was(&device);
        let is_elsewhere = |(person, _)| circle.devices(&person).any(is_other);
        if circle.members().any(is_elsewhere) {
            return true;
        }
        let backup = self.backup.as_ref();
        backup.is_some_and(|backup| backup.opens(circle))
    }

    /// Its kind, where it is a record at all.
    pub(super) fn kind_of(&self, id: EntityId) -> Option<(RecordKind, &Entity)> {
        let entity = self.view.get(id).filter(|_| !self.ending.contains(&id))?;
        Some((RecordKind::from_number(entity.kind())?, entity))
    }
}
