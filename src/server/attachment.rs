//! Attachments, part by part. Only those are taken that a frame in the log names, so that nobody fills the server with bytes
//! that no frame answers for.

use hearth_protocol::blob::BlobHasher;
use hearth_protocol::exchange::{BlobGet, BlobGetAnswer, BlobPut, BlobPutAnswer};
use hearth_protocol::form::Object;
use hearth_protocol::frame::Place;
use hearth_protocol::limits::{LONGEST_BLOB, LONGEST_BLOB_PART, LONGEST_SMALL_MESSAGE};
use hearth_protocol::log::Receipt;
use hearth_protocol::{BlobId, CircleId, Hash, Millis, StreamId};

use crate::api::{Api, Asked, Caller, No, read_message};
use crate::db::{BlobPart, BlobRow, Database};

/// What may stand around a part in its message.
const AROUND_PART: usize = 1024;

impl<D: Database> Api<D> {
    /// An attachment that has become whole is news: who has read what names it waits for it.
    pub(crate) async fn put_blob(
        &self,
        asked: &Asked<'_>,
        now: Millis,
        changed: &mut Option<CircleId>,
    ) -> Result<Vec<u8>, No> {
        let longest = LONGEST_BLOB_PART + AROUND_PART;
        let caller = self.find_caller(asked, now).await?;
        let read = read_message::<BlobPut>(asked.body, longest);
        let (caller, named) = self
            .find_named(caller, read.as_ref().ok().map(|put| (put.stream, put.blob)))
            .await?;
        let put = read?;
        check_part(&put)?;
        let row = named
            .filter(|row| row.length == put.length)
            .ok_or(No::NotHere)?;
        let place = caller.place(put.stream);
        let was_whole = row.whole_at.is_some();
        let row = self.put_part(&caller, &place, put, row).await?;
        if row.whole_at.is_some() && !was_whole {
            *changed = Some(caller.circle);
        }
        Ok(BlobPutAnswer {
            have: row.have,
            receipt: row.receipt(&place, &self.identity),
        }
        .encode())
    }

    pub(crate) async fn get_blob(&self, asked: &Asked<'_>, now: Millis) -> Result<Vec<u8>, No> {
        let caller = self.find_caller(asked, now).await?;
        let read = read_message::<BlobGet>(asked.body, LONGEST_SMALL_MESSAGE);
        let (caller, named) = self
            .find_named(caller, read.as_ref().ok().map(|get| (get.stream, get.blob)))
            .await?;
        let get = read?;
        let row = named
            .filter(|row| row.whole_at.is_some())
            .ok_or(No::NotHere)?;
        if get.offset > row.length {
            return Err(No::BadForm("the attachment is not so long"));
        }
        let place = caller.place(get.stream);
        let bytes = self.database.read_blob(place, get.blob, get.offset).await?;
        Ok(BlobGetAnswer {
            length: row.length,
            bytes,
        }
        .encode())
    }

    /// The attachment, where the caller may read what names it. Looked up for everybody, so that every "no" costs the same.
    async fn find_named(
        &self,
        caller: Result<Caller, No>,
        name: Option<(StreamId, BlobId)>,
    ) -> Result<(Caller, Option<BlobRow>), No> {
        let (stream, blob) = name.unwrap_or((StreamId([0; 16]), BlobId([0; 16])));
        let known = caller.as_ref().ok();
        let from = known.and_then(|caller| caller.reads_from(&stream));
        let place = Place {
            circle: known.map_or(crate::api::NO_CIRCLE, |caller| caller.circle),
            stream,
        };
        let found = self
            .database
            .find_blob(place, blob, from.unwrap_or(1))
            .await?;
        Ok((caller?, found.filter(|_| from.is_some())))
    }

    async fn put_part(
        &self,
        caller: &Caller,
        place: &Place,
        put: BlobPut,
        row: BlobRow,
    ) -> Result<Kept, No> {
        let kept = |row: BlobRow, hash| Kept {
            blob: put.blob,
            length: row.length,
            hash,
            have: row.have,
            whole_at: row.whole_at,
        };
        if row.hash.is_some_and(|hash| hash != put.hash) {
            // Somebody else brought another: the author knows better.
            let circle = &caller.known.circle;
            if circle.person(&row.author) != circle.person(&caller.device) {
                return Err(No::NotHere);
            }
            self.database.drop_blob_parts(*place, put.blob).await?;
        }
        if caller.used + put.bytes.len() as u64 > self.settings.circle_bytes {
            return Err(No::Full("the circle's share of this server is full"));
        }
        let part = BlobPart {
            place: *place,
            blob: put.blob,
            hash: put.hash,
            offset: put.offset,
            bytes: put.bytes,
        };
        let row = self.database.put_blob_part(part).await?;
        let row = row.ok_or(No::NotHere)?;
        if row.have < row.length || row.whole_at.is_some() {
            return Ok(kept(row, put.hash));
        }
        if self.hash_parts(place, put.blob, row.length).await? != put.hash {
            self.database.drop_blob_parts(*place, put.blob).await?;
            return Ok(kept(BlobRow { have: 0, ..row }, put.hash));
        }
        let finished = self
            .database
            .finish_blob(*place, put.blob, put.hash, caller.now)
            .await?;
        Ok(kept(finished.ok_or(No::NotHere)?, put.hash))
    }

    async fn hash_parts(&self, place: &Place, blob: BlobId, length: u64) -> Result<Hash, No> {
        let mut hasher = BlobHasher::default();
        let mut at = 0;
        while at < length {
            let part = self.database.read_blob(*place, blob, at).await?;
            if part.is_empty() {
                break;
            }
            hasher.update(&part);
            at += part.len() as u64;
        }
        Ok(hasher.finish())
    }
}

/// How far an attachment is.
struct Kept {
    blob: BlobId,
    length: u64,
    hash: Hash,
    have: u64,
    whole_at: Option<Millis>,
}

impl Kept {
    fn receipt(&self, place: &Place, server: &crate::identity::Identity) -> Option<Receipt> {
        let time = self.whole_at?;
        Some(Receipt::sign(
            place,
            self.blob,
            self.length,
            self.hash,
            time,
            server,
        ))
    }
}

fn check_part(put: &BlobPut) -> Result<(), No> {
    let end = put.offset.checked_add(put.bytes.len() as u64);
    if put.length > LONGEST_BLOB as u64 || put.length == 0 {
        return Err(No::BadForm("no attachment has this length"));
    }
    if put.bytes.len() > LONGEST_BLOB_PART || end.is_none_or(|end| end > put.length) {
        return Err(No::BadForm(
            "the part is too long, or goes beyond the attachment",
        ));
    }
    Ok(())
}
