//! Attachments: sent after the frame that names them is acknowledged, part by part, going on
//! where it broke off.

use crate::form::object;
use crate::id::{BlobId, CircleId, Hash, StreamId};
use crate::log::Receipt;

object! {
    /// A part of an attachment. With no bytes it asks how far the server is.
    pub struct BlobPut, "blob put" {
        /// Which circle.
        circle: CircleId = 1,
        /// Which stream.
        stream: StreamId = 2,
        /// Which attachment; an acknowledged frame names it with this length.
        blob: BlobId = 3,
        /// Its sealed bytes.
        length: u64 = 4,
        /// The hash of all of them.
        hash: Hash = 5,
        /// Where this part begins.
        offset: u64 = 6,
        /// The part.
        bytes: Vec<u8> = 7,
    }
}

object! {
    /// How far the server is.
    pub struct BlobPutAnswer, "blob put answer" {
        /// Bytes on durable storage, from the first.
        have: u64 = 1,
        /// Once it is whole and its hash is right.
        receipt: Option<Receipt> = 2,
    }
}

object! {
    /// Asks for a part of an attachment.
    pub struct BlobGet, "blob get" {
        /// Which circle.
        circle: CircleId = 1,
        /// Which stream.
        stream: StreamId = 2,
        /// Which attachment.
        blob: BlobId = 3,
        /// From which byte on.
        offset: u64 = 4,
    }
}

object! {
    /// A part of an attachment.
    pub struct BlobGetAnswer, "blob get answer" {
        /// The sealed bytes of the whole.
        length: u64 = 1,
        /// From the byte that was asked for.
        bytes: Vec<u8> = 2,
    }
}
