//! Attachments, part by part.

use hearth_protocol::frame::Place;
use hearth_protocol::{BlobId, DeviceId, Hash, Millis};

use super::Stored;

/// What is known of an attachment that a frame named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// Its sealed bytes, as the frame says.
    pub length: u64,
    /// Whose frame.
    pub author: DeviceId,
    /// The hash that the first part came with.
    pub hash: Option<Hash>,
    /// Bytes that are here, from the first.
    pub have: u64,
    /// When it was whole, its hash right.
    pub whole_at: Option<Millis>,
}

/// A part that came.
#[derive(Clone, Debug)]
pub struct BlobPart {
    /// In which stream.
    pub place: Place,
    /// Which attachment.
    pub blob: BlobId,
    /// The hash of the whole.
    pub hash: Hash,
    /// Where it begins.
    pub offset: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl BlobPart {
    /// What of it comes next after `have` bytes of `length`.
    pub(super) fn new_bytes(&self, have: u64, length: u64) -> Option<&[u8]> {
        let known = usize::try_from(have.checked_sub(self.offset)?).ok()?;
        let fresh = self.bytes.get(known..)?;
        let fits = have + fresh.len() as u64 <= length;
        (fits && !fresh.is_empty()).then_some(fresh)
    }
}

/// The attachments' part of a database.
pub trait BlobDatabase {
    /// An attachment that a frame named and none erased; only one that rows from this epoch on name.
    fn find_blob(
        &self,
        place: Place,
        blob: BlobId,
        from_epoch: u64,
    ) -> impl Future<Output = Stored<Option<BlobRow>>> + Send;

    /// Keeps what of a part comes next. A part under another hash than the one kept is not taken.
    fn put_blob_part(&self, part: BlobPart)
    -> impl Future<Output = Stored<Option<BlobRow>>> + Send;

    /// Says that it is whole, where all of it is here under this hash; the first time stays.
    fn finish_blob(
        &self,
        place: Place,
        blob: BlobId,
        hash: Hash,
        at: Millis,
    ) -> impl Future<Output = Stored<Option<BlobRow>>> + Send;

    /// Forgets the parts that came.
    fn drop_blob_parts(
        &self,
        place: Place,
        blob: BlobId,
    ) -> impl Future<Output = Stored<()>> + Send;

    /// The bytes from `offset` to the end of the part that holds it; none where nothing is there.
    fn read_blob(
        &self,
        place: Place,
        blob: BlobId,
        offset: u64,
    ) -> impl Future<Output = Stored<Vec<u8>>> + Send;
}
