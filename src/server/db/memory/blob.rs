use hearth_protocol::frame::Place;
use hearth_protocol::{BlobId, Hash, Millis};

use super::log::{BlobRows, StreamRows};
use super::{CircleRows, MemoryDatabase, Rows};
use crate::db::{BlobDatabase, BlobPart, BlobRow, NewRow, Stored};

impl BlobDatabase for MemoryDatabase {
    async fn find_blob(
        &self,
        place: Place,
        blob: BlobId,
        from_epoch: u64,
    ) -> Stored<Option<BlobRow>> {
        let rows = self.lock();
        let found = rows.log(&place).and_then(|log| {
            let (named_in, row) = log.blobs.get(&blob)?.row.as_ref()?;
            (*named_in > log.begins(from_epoch)).then(|| row.clone())
        });
        Ok(found)
    }

    async fn put_blob_part(&self, part: BlobPart) -> Stored<Option<BlobRow>> {
        let mut rows = self.lock();
        let Some((circle_used, blob)) = find(&mut rows, &part.place, &part.blob) else {
            return Ok(None);
        };
        let Some((_, row)) = &mut blob.row else {
            return Ok(None);
        };
        if *row.hash.get_or_insert(part.hash) == part.hash
            && row.whole_at.is_none()
            && let Some(fresh) = part.new_bytes(row.have, row.length)
        {
            blob.bytes.extend_from_slice(fresh);
            row.have += fresh.len() as u64;
            *circle_used += fresh.len() as u64;
        }
        Ok(Some(row.clone()))
    }

    async fn finish_blob(
        &self,
        place: Place,
        blob: BlobId,
        hash: Hash,
        at: Millis,
    ) -> Stored<Option<BlobRow>> {
        let mut rows = self.lock();
        let found = find(&mut rows, &place, &blob).and_then(|(_, blob)| blob.row.as_mut());
        Ok(found.map(|(_, row)| {
            if row.have == row.length && row.hash == Some(hash) {
                row.whole_at.get_or_insert(at);
            }
            row.clone()
        }))
    }

    async fn drop_blob_parts(&self, place: Place, blob: BlobId) -> Stored<()> {
        let mut rows = self.lock();
        if let Some((used, blob)) = find(&mut rows, &place, &blob)
            && let Some((_, row)) = &mut blob.row
        {
            *used = used.saturating_sub(row.have);
            (row.have, row.hash, row.whole_at) = (0, None, None);
            blob.bytes.clear();
        }
        Ok(())
    }

    async fn read_blob(&self, place: Place, blob: BlobId, offset: u64) -> Stored<Vec<u8>> {
        const PART: usize = hearth_protocol::limits::LONGEST_BLOB_PART;
        let rows = self.lock();
        let found = rows.log(&place).and_then(|log| log.blobs.get(&blob));
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = found.and_then(|blob| blob.bytes.get(from..));
        Ok(rest.map_or_else(Vec::new, |rest| rest[..rest.len().min(PART)].to_vec()))
    }
}

fn find<'a>(
    rows: &'a mut Rows,
    place: &Place,
    blob: &BlobId,
) -> Option<(&'a mut u64, &'a mut BlobRows)> {
    let CircleRows { used, logs, .. } = rows.circles.get_mut(&place.circle)?;
    let blob = logs.get_mut(&place.stream)?.blobs.get_mut(blob)?;
    Some((used, blob))
}

/// The first frame that names an attachment fixes its length.
pub(super) fn name(log: &mut StreamRows, row: &NewRow) {
    for (blob, length) in &row.blobs {
        log.blobs.entry(*blob).or_insert_with(|| BlobRows {
            row: Some((
                row.point.seq,
                BlobRow {
                    length: *length,
                    author: row.device,
                    hash: None,
                    have: 0,
                    whole_at: None,
                },
            )),
            bytes: Vec::new(),
        });
    }
}

/// The bytes that went. What was erased stays erased, named again or not.
pub(super) fn erase(log: &mut StreamRows, blob: &BlobId) -> u64 {
    let nothing = BlobRows {
        row: None,
        bytes: Vec::new(),
    };
    let gone = log.blobs.insert(*blob, nothing);
    gone.map_or(0, |gone| gone.bytes.len() as u64)
}
