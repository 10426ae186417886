//! Photos in drafts. A photo is durable, with its thumbnail, before the screen shows it.

use super::Vault;
use crate::draft::Draft;
use crate::messages::Failure;
use crate::photo::{Photo, PreparedPhoto, jpeg};
use crate::ports::{Clock, Random, Store, Table};
use crate::record::RecordKind;
use hearth_protocol::EntityId;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn add_photo(
        &mut self,
        id: EntityId,
        kind: RecordKind,
        prepared: PreparedPhoto,
    ) -> Result<Draft, Failure> {
        for bytes in [&prepared.jpeg, &prepared.thumbnail] {
            jpeg::check_clean(bytes).map_err(|why| Failure::UnreadablePhoto(why.to_string()))?;
        }
        let mut draft = self.draft(id, kind);
        let photo = Photo {
            id: self.new_id()?,
            blob: self.new_id()?,
            thumbnail: self.new_id()?,
            width: prepared.width,
            height: prepared.height,
            caption: String::new(),
            taken: prepared.taken,
        };
        let blobs = vec![
            self.put(Table::Blobs, &photo.blob.0, &prepared.jpeg)?,
            self.put(Table::Blobs, &photo.thumbnail.0, &prepared.thumbnail)?,
        ];
        draft.photos.push(photo);
        draft.kept = self.surroundings.now();
        let row = self.put(Table::Drafts, &id.0, &draft.encode())?;
        self.commit_and_read_back([blobs, vec![row]].concat())
            .await?;
        self.drafts.insert(id, draft.clone());
        Ok(draft)
    }

    /// The blobs stay until the next tidying: an undo or another tab may still want them.
    pub(super) async fn remove_photo(
        &mut self,
        id: EntityId,
        photo: EntityId,
    ) -> Result<Draft, Failure> {
        self.change_photos(id, |photos| photos.retain(|kept| kept.id != photo))
            .await
    }

    pub(super) async fn caption_photo(
        &mut self,
        id: EntityId,
        photo: EntityId,
        caption: String,
    ) -> Result<Draft, Failure> {
        self.change_photos(id, |photos| {
            if let Some(found) = photos.iter_mut().find(|kept| kept.id == photo) {
                found.caption = caption;
            }
        })
        .await
    }

    async fn change_photos(
        &mut self,
        id: EntityId,
        change: impl FnOnce(&mut Vec<Photo>),
    ) -> Result<Draft, Failure> {
        let mut draft = match self.drafts.get(&id) {
            Some(draft) => draft.clone(),
            None => Draft::edit(&self.record(id)?, self.surroundings.now()),
        };
        change(&mut draft.photos);
        draft.kept = self.surroundings.now();
        self.keep(draft.clone()).await?;
        Ok(draft)
    }
}
