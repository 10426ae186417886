//! Where a record is, and who reads it. Both count only those who have the keys that its parts
//! are sealed under: "Safe" is true of a record only if it outlives this phone.

use super::Vault;
use super::bin::is_deleted;
use crate::circle::Whereabouts;
use crate::photo;
use crate::ports::{Clock, Random, Store};
use crate::sync::merge::{Entity, Name};
use crate::sync::replica::{Epochs, FrameName, Replica};
use hearth_protocol::{EntityId, PersonId};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Where all the parts of a record are.
    pub(super) fn whereabouts(&self, id: EntityId, entity: &Entity) -> Whereabouts {
        let Some(replica) = &self.replica else {
            return Whereabouts::OnThisPhone;
        };
        // A phone that was taken out is told that its circle is not there. What the server took
        // before is where it was.
        if !replica.is_known_to_server() && !self.parts(id, entity).any(is_placed) {
            return Whereabouts::OnThisPhone;
        }
        if !self.is_sent(id, entity) {
            return Whereabouts::Waiting;
        }
        if !self
            .parts(id, entity)
            .all(|part| self.are_files_there(part))
        {
            return Whereabouts::Arriving;
        }
        if self.is_opened_elsewhere(replica, &self.epochs_of(id, entity)) {
            Whereabouts::Safe
        } else {
            Whereabouts::SentOnlyHere
        }
    }

    /// Everybody of the circle who reads a record, or will once it is sent; nobody is named
    /// before there is a circle.
    pub(super) fn readers_of(&self, id: EntityId, entity: &Entity) -> Vec<PersonId> {
        let epochs = self.epochs_of(id, entity);
        let replica = self.replica.as_ref();
        replica.map_or_else(Vec::new, |replica| replica.readers(&epochs).collect())
    }

    /// Whether the server has all that this phone has to send of a record. Others send their
    /// photos themselves, and so does this person's other phone. What another server had is gone.
    pub(super) fn is_sent(&self, id: EntityId, entity: &Entity) -> bool {
        if self.is_at_other_server() {
            return false;
        }
        let is_own = |part: &Entity| part.author() == self.own_person();
        let has_left = |part| {
            is_placed(part)
                && (!is_own(part) || self.are_files_there(part) || self.are_files_elsewhere(part))
        };
        self.parts(id, entity).all(has_left)
    }

    /// Photos of this person that are here and that the server has not signed for.
    pub(super) fn unsent_photos(&self) -> usize {
        let is_own =
            |entity: &Entity| entity.kind() == photo::KIND && entity.author() == self.own_person();
        let photos = self.view.iter().filter(|(_, entity)| is_own(entity));
        photos
            .filter(|(_, entity)| {
                !self.are_files_there(entity) && !self.are_files_elsewhere(entity)
            })
            .count()
    }

    /// A record and its photos, those in the bin among them.
    fn parts<'a>(&'a self, id: EntityId, entity: &'a Entity) -> impl Iterator<Item = &'a Entity> {
        let photos = self.photos.get(&id).map(Vec::as_slice).unwrap_or_default();
        let photos = photos.iter().filter_map(|photo| self.view.get(*photo));
        std::iter::once(entity).chain(photos)
    }

    /// Whether the server is known to have a photo's files: it signed for them, or they came
    /// from it.
    fn are_files_there(&self, entity: &Entity) -> bool {
        if entity.kind() != photo::KIND || is_deleted(entity) {
            return true;
        }
        let mut files = [photo::BLOB, photo::THUMBNAIL].into_iter();
        files.all(|field| self.is_file_signed_for(entity, field))
    }

    /// Whether what the server lacks of a photo is not here either: the phone that told it has it.
    fn are_files_elsewhere(&self, entity: &Entity) -> bool {
        let mut files = [photo::BLOB, photo::THUMBNAIL].into_iter();
        files.all(|field| {
            self.is_file_signed_for(entity, field) || self.is_file_elsewhere(entity, field)
        })
    }

    /// What all the parts of a record are sealed under. The keys of its photos lie in their
    /// changes. What has no place yet goes under the present epoch.
    fn epochs_of(&self, id: EntityId, entity: &Entity) -> Epochs {
        let Some(replica) = &self.replica else {
            return Epochs::new();
        };
        let present = |stream| replica.circle().epoch(&stream).map(|epoch| (stream, epoch));
        let changes = self.parts(id, entity).flat_map(Entity::changes);
        let epochs = changes.filter_map(|change| match change.name() {
            Name::Framed {
                stream,
                device,
                dev_seq,
                ..
            } => {
                let name = FrameName {
                    stream,
                    device,
                    dev_seq,
                };
                let sealed = replica.sealed_under(&name).map(|epoch| (stream, epoch));
                sealed.or_else(|| present(stream))
            }
            Name::Waiting(_) => replica.home_stream().and_then(present),
        });
        epochs.collect()
    }

    /// Whether a record outlives this phone: another device has its keys, a backup has them, or
    /// words open it.
    fn is_opened_elsewhere(&self, replica: &Replica, epochs: &Epochs) -> bool {
        let backup = self.backup.as_ref();
        replica.is_read_elsewhere(epochs)
            || replica.is_opened_by_words(epochs)
            || backup.is_some_and(|backup| backup.opens(epochs))
    }
}

/// Whether the server gave every change of it a place.
fn is_placed(part: &Entity) -> bool {
    let mut changes = part.changes();
    changes.all(|change| {
        let is_framed = matches!(change.name(), Name::Framed { .. });
        is_framed && change.origin.placed.is_some()
    })
}
