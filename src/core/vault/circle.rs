//! Who is in the circle, and what they are called.

use super::Vault;
use super::bin::is_deleted;
use crate::circle::{CircleView, Device, Person, SyncTrouble, SyncView, card};
use crate::ports::{Clock, Random, Store};
use crate::record::RecordKind;
use crate::sync::merge::Entity;
use crate::sync::replica::{Leaving, Replica, Trouble};
use hearth_protocol::control::Standing;
use hearth_protocol::sorted::sort_by_key;
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
            words: self.words_view(),
            recovery: self.recovery_view(),
            may_invite: !self.is_coming_back() && replica.is_none_or(Replica::is_manager),
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
                        came_by_words: replica.came_by_words(&device),
                        has_come: circle.has_arrived(&device),
                        removal: self.removal_view(replica, &Leaving::Device(device)),
                    })
                    .collect(),
                removal: self.removal_view(replica, &Leaving::Person(id)),
            })
            .collect();
        sort_by_key(&mut people, |person| {
            (!person.is_me, person.name.clone(), person.id)
        });
        people
    }

    fn sync_view(&self) -> SyncView {
        let records = self
            .records()
            .filter(|(id, _, entity)| !self.is_sent(*id, entity));
        let replica = self.replica.as_ref();
        let needs_update =
            replica.is_some_and(|replica| replica.circle().standing() == Standing::UpdateNeeded);
        let trouble = replica.and_then(|replica| replica.trouble().copied());
        SyncView {
            unsent: records.count(),
            unsent_photos: self.unsent_photos(),
            last: self.last_exchange(),
            loss: self.server_loss(),
            went_back: self.went_back(),
            trouble: match trouble {
                _ if needs_update => Some(SyncTrouble::UpdateNeeded),
                Some(Trouble::TwoHistories(_)) => Some(SyncTrouble::TwoHistories),
                Some(Trouble::StoreWentBack) => Some(SyncTrouble::StoreWentBack),
                Some(Trouble::NotTaken(_)) => Some(SyncTrouble::NotTaken),
                None if replica.is_some_and(is_changing_keys) => Some(SyncTrouble::StoreWentBack),
                None if self.other_server().is_some() => self.other_server(),
                None if self.is_refused() => Some(SyncTrouble::NotTaken),
                None => self.is_server_full().then_some(SyncTrouble::ServerFull),
            },
            backup: self.backup.as_ref().map(|backup| backup.made),
            photos_travel: self.photos_travel(),
            are_photos_held: self.are_photos_held(),
        }
    }

    /// What a person or device is called; empty where nobody said.
    pub(super) fn name_of(&self, id: &[u8; 16]) -> String {
        let cards = self.cards.get(id).map(Vec::as_slice).unwrap_or_default();
        let cards = cards.iter().filter_map(|card| self.view.get(*card));
        let mut cards: Vec<&Entity> = cards.filter(|card| !is_deleted(card)).collect();
        // Two people may have made a card each: the newer one holds.
        sort_by_key(&mut cards, |card| std::cmp::Reverse(card.last()));
        let name = cards.first().and_then(|card| card.text(card::NAME));
        name.unwrap_or_default().to_owned()
    }

    /// Whose an entity is, as screens say it.
    pub(super) fn told_by(&self, entity: &Entity) -> (bool, String) {
        self.called(entity.author())
    }

    /// Whether it is this phone's person, and what anybody else is called.
    pub(super) fn called(&self, person: PersonId) -> (bool, String) {
        if person == self.own_person() {
            return (true, String::new());
        }
        (false, self.name_of(&person.0))
    }

    /// Its kind, where it is a record at all.
    pub(super) fn kind_of(&self, id: EntityId) -> Option<(RecordKind, &Entity)> {
        let entity = self.view.get(id).filter(|_| !self.ending.contains(&id))?;
        Some((RecordKind::from_number(entity.kind())?, entity))
    }
}

/// A phone that comes back by words gets its first keys; nothing is wrong with its store.
fn is_changing_keys(replica: &Replica) -> bool {
    replica.is_waiting_for_keys() && !replica.is_recovering()
}
