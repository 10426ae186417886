//! Photos on their way: thumbnails first, part by part, going on where they broke off. A photo
//! goes up after the frame that names it is acknowledged; what it is sealed under lies in its
//! change.

use super::line::Asked;
use super::{Outgoing, Progress, Vault};
use crate::messages::Failure;
use crate::photo::{self, jpeg};
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::merge::{Entity, Name};
use hearth_protocol::blob::{BlobCipher, BlobHasher};
use hearth_protocol::exchange::{BlobGet, BlobGetAnswer, BlobPut, BlobPutAnswer, Endpoint};
use hearth_protocol::limits::{
    LONGEST_BLOB, LONGEST_BLOB_PART, LONGEST_EXCHANGE, LONGEST_SMALL_MESSAGE,
};
use hearth_protocol::log::Receipt;
use hearth_protocol::{BlobId, EntityId, Hash, Key, Object, StreamId};
use std::collections::{BTreeMap, HashSet};

const RECEIPT: &[u8] = b"receipt/";

/// An attachment going up.
pub(super) struct Upload {
    blob: BlobId,
    stream: StreamId,
    sealed: Vec<u8>,
    hash: Hash,
    /// What the server has of it; `None` until it was asked.
    have: Option<u64>,
}

/// An attachment coming down.
pub(super) struct Download {
    wanted: Wanted,
    bytes: Vec<u8>,
}

/// An attachment by what its change says of it.
#[derive(Clone)]
struct Wanted {
    blob: BlobId,
    stream: StreamId,
    key: Key,
    hash: Hash,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// The next part of the next attachment that is here and not known to be on the server: an
    /// own one that it has not signed for, or anybody's once it went back.
    pub(super) async fn next_upload(&mut self) -> Result<Option<Outgoing>, Failure> {
        self.line.has_held = false;
        if self.waits_for_room() {
            return Ok(None);
        }
        if self.holds_photos() {
            self.look_for_held().await?;
            return Ok(None);
        }
        let due = match &self.line.upload {
            Some(_) => None,
            None => self
                .unsent()
                .find(|wanted| !self.line.absent.contains(&wanted.blob.0)),
        };
        if let Some(wanted) = due {
            self.line.upload = self.begin_upload(&wanted).await;
            if self.line.upload.is_none() {
                // Not here: another of this person's devices has it.
                self.line.elsewhere.insert(wanted.blob.0);
            }
        }
        let circle = self.replica.as_ref().map(crate::sync::replica::Replica::id);
        let (Some(upload), Some(circle)) = (&self.line.upload, circle) else {
            return Ok(None);
        };
        let length = upload.sealed.len();
        let offset = upload.have.and_then(|have| usize::try_from(have).ok());
        let part = match offset {
            // A short one goes at once; of a long one the server may have the beginning.
            None if length > LONGEST_BLOB_PART => &[][..],
            offset => {
                let rest = upload.sealed.get(offset.unwrap_or(0)..).unwrap_or_default();
                rest.get(..LONGEST_BLOB_PART).unwrap_or(rest)
            }
        };
        let put = BlobPut {
            circle,
            stream: upload.stream,
            blob: upload.blob,
            length: length as u64,
            hash: upload.hash,
            offset: upload.have.unwrap_or(0),
            bytes: part.to_vec(),
        };
        Ok(Some(self.send(Endpoint::BlobPut, put.encode(), Asked::Put)))
    }

    /// What waits here for somebody's word, and what another of this person's phones has.
    async fn look_for_held(&mut self) -> Result<(), Failure> {
        let unsent: Vec<[u8; 16]> = self.unsent().map(|wanted| wanted.blob.0).collect();
        if unsent.is_empty() {
            return Ok(());
        }
        let here = self.blobs_here().await?;
        for blob in unsent {
            match here.contains(&blob[..]) {
                true => self.line.has_held = true,
                false => drop(self.line.elsewhere.insert(blob)),
            }
        }
        Ok(())
    }

    async fn blobs_here(&self) -> Result<HashSet<Vec<u8>>, Failure> {
        Ok(self.store.keys(Table::Blobs).await?.into_iter().collect())
    }

    /// Whether an attachment is here that the server has not signed for.
    pub(super) fn has_photos_to_send(&self) -> bool {
        self.unsent().next().is_some()
    }

    fn unsent(&self) -> impl Iterator<Item = Wanted> {
        self.attachments().filter(|wanted| {
            let blob = &wanted.blob.0;
            !self.is_signed_for(blob, Some(wanted.hash)) && !self.line.elsewhere.contains(blob)
        })
    }

    pub(super) async fn take_put(&mut self, body: &[u8]) -> Result<Progress, Failure> {
        let answer = BlobPutAnswer::decode(body, LONGEST_SMALL_MESSAGE);
        let server = self
            .replica
            .as_ref()
            .and_then(|replica| replica.server_key());
        let (Ok(answer), Some(upload), Some(server)) = (answer, &mut self.line.upload, server)
        else {
            return Ok(Progress::Wait);
        };
        let Some(receipt) = answer.receipt else {
            let has_moved = upload.have != Some(answer.have);
            upload.have = Some(answer.have);
            return Ok(if has_moved {
                Progress::GoOn
            } else {
                Progress::Wait
            });
        };
        let is_it = receipt.blob == upload.blob
            && receipt.hash == upload.hash
            && receipt.length == upload.sealed.len() as u64
            && receipt.verify(&server).is_ok();
        let blob = upload.blob;
        self.line.upload = None;
        if !is_it {
            return Ok(Progress::Wait);
        }
        let key = [RECEIPT, &blob.0].concat();
        let row = self.put(Table::Meta, &key, &receipt.encode())?;
        self.commit(vec![row]).await?;
        self.line.receipts.insert(blob.0, Some(receipt.hash));
        self.line.no_room = None;
        self.shown += 1;
        Ok(Progress::GoOn)
    }

    /// The next part of the next attachment that is named here and is not here.
    pub(super) async fn next_download(&mut self) -> Result<Option<Outgoing>, Failure> {
        if self.line.download.is_none() {
            let here = self.blobs_here().await?;
            let absent = &self.line.absent;
            let wanted = self.attachments().find(|wanted| {
                !here.contains(&wanted.blob.0[..]) && !absent.contains(&wanted.blob.0)
            });
            self.line.download = wanted.map(|wanted| Download {
                wanted,
                bytes: Vec::new(),
            });
        }
        if self.holds_photos() {
            self.line.has_held |= self.line.download.is_some();
            return Ok(None);
        }
        if self.line.download.is_none() && self.line.upload.is_none() && !self.waits_for_room() {
            // All have gone: the next one waits again.
            let travel = self.photos_travel();
            drop(self.let_photos_travel(travel, false).await?);
        }
        let circle = self.replica.as_ref().map(crate::sync::replica::Replica::id);
        let (Some(download), Some(circle)) = (&self.line.download, circle) else {
            return Ok(None);
        };
        let get = BlobGet {
            circle,
            stream: download.wanted.stream,
            blob: download.wanted.blob,
            offset: download.bytes.len() as u64,
        };
        Ok(Some(self.send(Endpoint::BlobGet, get.encode(), Asked::Get)))
    }

    pub(super) async fn take_got(&mut self, body: &[u8]) -> Result<Progress, Failure> {
        let Ok(part) = BlobGetAnswer::decode(body, LONGEST_EXCHANGE) else {
            return Ok(Progress::Wait);
        };
        let Some(download) = &mut self.line.download else {
            return Ok(Progress::Wait);
        };
        download.bytes.extend(&part.bytes);
        let have = download.bytes.len() as u64;
        let is_sane = part.length <= LONGEST_BLOB as u64 && have <= part.length;
        if !is_sane || part.bytes.is_empty() && have < part.length {
            return Ok(self.note_absent());
        }
        if have < part.length {
            return Ok(Progress::GoOn);
        }
        let Some(content) = self.open_download() else {
            return Ok(self.note_absent());
        };
        let Some(Download { wanted, .. }) = self.line.download.take() else {
            return Ok(Progress::Wait);
        };
        let row = self.put(Table::Blobs, &wanted.blob.0, &content)?;
        // Where it came from it need not be told again.
        let key = [RECEIPT, &wanted.blob.0].concat();
        let receipt = self.put(Table::Meta, &key, &[])?;
        match self.commit(vec![row, receipt]).await {
            // No photo may take the room of words: it is asked for again at the next look.
            Err(Failure::Full) => {
                self.line.absent.insert(wanted.blob.0);
                return Ok(Progress::GoOn);
            }
            done => done?,
        }
        self.line.receipts.insert(wanted.blob.0, None);
        self.shown += 1;
        Ok(Progress::GoOn)
    }

    /// The server does not take it now: what else there is goes first.
    pub(super) fn note_refused(&mut self) -> Progress {
        let Some(upload) = self.line.upload.take() else {
            return Progress::Wait;
        };
        self.line.absent.insert(upload.blob.0);
        Progress::GoOn
    }

    /// A server that went back may have lost any attachment: what is here is offered again.
    pub(super) async fn forget_receipts(&mut self) -> Result<(), Failure> {
        self.commit(self.steps_without_receipts().await?).await?;
        self.line.receipts.clear();
        self.line.elsewhere.clear();
        self.line.upload = None;
        Ok(())
    }

    pub(super) async fn steps_without_receipts(&self) -> Result<Vec<Write>, Failure> {
        let keys = self.store.keys(Table::Meta).await?;
        let receipts = keys.into_iter().filter(|key| key.starts_with(RECEIPT));
        let table = Table::Meta;
        Ok(receipts.map(|key| Write::Delete { table, key }).collect())
    }

    /// It is not to be had now: what else there is goes first.
    pub(super) fn note_absent(&mut self) -> Progress {
        let Some(download) = self.line.download.take() else {
            return Progress::Wait;
        };
        self.line.absent.insert(download.wanted.blob.0);
        Progress::GoOn
    }

    /// A whole photo: what its author sealed, and nothing in it that a photo here must not have.
    fn open_download(&self) -> Option<Vec<u8>> {
        let circle = self.replica.as_ref()?.id();
        let Download { wanted, bytes } = self.line.download.as_ref()?;
        let mut hasher = BlobHasher::default();
        hasher.update(bytes);
        if hasher.finish() != wanted.hash {
            return None;
        }
        let cipher = BlobCipher::new(&wanted.key, &circle, &wanted.stream, &wanted.blob);
        let content = cipher.open(bytes).ok()?;
        jpeg::check_clean(&content).ok()?;
        Some(content)
    }

    async fn begin_upload(&self, wanted: &Wanted) -> Option<Upload> {
        let circle = self.replica.as_ref()?.id();
        let content = self.blob(EntityId(wanted.blob.0)).await.ok()?;
        let cipher = BlobCipher::new(&wanted.key, &circle, &wanted.stream, &wanted.blob);
        let sealed = cipher.seal(&content).ok()?;
        Some(Upload {
            blob: wanted.blob,
            stream: wanted.stream,
            hash: wanted.hash,
            sealed,
            have: None,
        })
    }

    pub(in crate::vault) async fn read_receipts(&mut self) -> Result<(), Failure> {
        let mut found = BTreeMap::new();
        self.each_row(Table::Meta, |sealing, (key, row)| {
            let blob = key.strip_prefix(RECEIPT);
            let Some(blob) = blob.and_then(|blob| blob.try_into().ok()) else {
                return;
            };
            // A row that does not open vouches for nothing: it is asked for again.
            let Ok(row) = sealing.open(Table::Meta, &key, &row) else {
                return;
            };
            let receipt = Receipt::decode(&row, LONGEST_SMALL_MESSAGE);
            match (row.is_empty(), receipt) {
                (true, _) => drop(found.insert(blob, None)),
                (false, Ok(receipt)) => drop(found.insert(blob, Some(receipt.hash))),
                (false, Err(_)) => {}
            }
        })
        .await?;
        self.line.receipts = found;
        Ok(())
    }

    /// Whether the server signed for a photo's file as it is sealed now.
    pub(in crate::vault) fn is_file_signed_for(&self, photo: &Entity, file: u64) -> bool {
        let fields = FIELDS.iter().find(|(field, ..)| *field == file);
        let hash = fields.and_then(|(.., hash)| photo.field(*hash)?.as_array());
        photo
            .entity(file)
            .is_none_or(|blob| self.is_signed_for(&blob.0, hash.map(Hash)))
    }

    /// Whether a file of a photo was looked for here and is another phone's to send.
    pub(in crate::vault) fn is_file_elsewhere(&self, photo: &Entity, file: u64) -> bool {
        let blob = photo.entity(file);
        blob.is_some_and(|blob| self.line.elsewhere.contains(&blob.0))
    }

    /// Keys of another circle seal the same photo to other bytes, which nobody signed for.
    fn is_signed_for(&self, blob: &[u8; 16], hash: Option<Hash>) -> bool {
        let receipt = self.line.receipts.get(blob);
        receipt.is_some_and(|signed| {
            signed.is_none_or(|signed| hash.is_none_or(|hash| hash == signed))
        })
    }

    /// Attachments of photos that are shown and whose frames a server has, thumbnails first.
    fn attachments(&self) -> impl Iterator<Item = Wanted> {
        let mut found = [Vec::new(), Vec::new()];
        for (_, entity) in self.photos_in_view() {
            let Some((stream, true)) = begun_in(entity) else {
                continue;
            };
            for (list, (field, key, hash)) in found.iter_mut().zip(FIELDS) {
                let bytes = |field| entity.field(field)?.as_array();
                if let (Some(blob), Some(key), Some(hash)) =
                    (entity.entity(field), bytes(key), bytes(hash))
                {
                    list.push(Wanted {
                        blob: BlobId(blob.0),
                        stream,
                        key: Key::new(key),
                        hash: Hash(hash),
                    });
                }
            }
        }
        found.into_iter().flatten()
    }
}

/// Thumbnails before photos.
const FIELDS: [(u64, u64, u64); 2] = [
    (
        photo::THUMBNAIL,
        photo::THUMBNAIL_KEY,
        photo::THUMBNAIL_HASH,
    ),
    (photo::BLOB, photo::BLOB_KEY, photo::BLOB_HASH),
];

/// The stream of the frame that brought the photo, and whether a server has it.
fn begun_in(entity: &Entity) -> Option<(StreamId, bool)> {
    let versions = entity.history(photo::BLOB);
    let version = versions.first()?;
    match version.name {
        Name::Framed { stream, .. } => Some((stream, version.placed.is_some())),
        Name::Waiting(_) => None,
    }
}
