//! What the server signs: how far its log goes, and that it holds an attachment. This is what
//! turns "saved on this phone" into "safe".

use super::LogPoint;
use crate::clock::Millis;
use crate::form::object;
use crate::frame::Place;
use crate::id::{BlobId, CircleId, Hash, LogId, StreamId};
use crate::key::{BadSignature, Sign, Signature, VerifyKey};
use crate::label::Label;

object! {
    /// The server's word that its log goes this far, with these rows in this order.
    pub struct SignedHead, "signed head" {
        /// Which circle.
        circle: CircleId = 1,
        /// Which stream.
        stream: StreamId = 2,
        /// The name of the server's copy.
        log: LogId = 3,
        /// The last row.
        seq: u64 = 4,
        /// The running hash after it.
        running: Hash = 5,
        /// When it was signed.
        time: Millis = 6,
        /// Of the server, over all of this.
        signature: Signature = 7,
    }
}

object! {
    /// The server's word that it holds an attachment, whole.
    pub struct Receipt, "blob receipt" {
        /// Which circle.
        circle: CircleId = 1,
        /// Which stream.
        stream: StreamId = 2,
        /// Which attachment.
        blob: BlobId = 3,
        /// Its sealed bytes.
        length: u64 = 4,
        /// Their hash.
        hash: Hash = 5,
        /// When it was whole.
        time: Millis = 6,
        /// Of the server, over all of this.
        signature: Signature = 7,
    }
}

impl SignedHead {
    /// Signs how far a log goes.
    pub fn sign(place: &Place, point: &LogPoint, time: Millis, server: &impl Sign) -> Self {
        let mut head = Self {
            circle: place.circle,
            stream: place.stream,
            log: point.log,
            seq: point.seq,
            running: point.running,
            time,
            signature: Signature([0; 64]),
        };
        head.signature = server.sign(Label::Head, &[&head.message()]);
        head
    }

    /// Whether the server signed it.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, server: &VerifyKey) -> Result<(), BadSignature> {
        server.verify(Label::Head, &[&self.message()], &self.signature)
    }

    /// Whether it covers the client's own copy up to this point. Only this, after
    /// [`SignedHead::verify`], makes the frames up to there safe.
    #[must_use]
    pub fn covers(&self, place: &Place, point: &LogPoint) -> bool {
        self.circle == place.circle
            && self.stream == place.stream
            && self.log == point.log
            && self.seq == point.seq
            && self.running == point.running
    }

    fn message(&self) -> Vec<u8> {
        [
            &self.circle.0[..],
            &self.stream.0,
            &self.log.0,
            &self.seq.to_be_bytes(),
            &self.running.0,
            &self.time.to_be_bytes(),
        ]
        .concat()
    }
}

impl Receipt {
    /// Signs that an attachment is whole.
    pub fn sign(
        place: &Place,
        blob: BlobId,
        length: u64,
        hash: Hash,
        time: Millis,
        server: &impl Sign,
    ) -> Self {
        let mut receipt = Self {
            circle: place.circle,
            stream: place.stream,
            blob,
            length,
            hash,
            time,
            signature: Signature([0; 64]),
        };
        receipt.signature = server.sign(Label::Receipt, &[&receipt.message()]);
        receipt
    }

    /// Whether the server signed it. Compare length and hash with the phone's own.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, server: &VerifyKey) -> Result<(), BadSignature> {
        server.verify(Label::Receipt, &[&self.message()], &self.signature)
    }

    fn message(&self) -> Vec<u8> {
        [
            &self.circle.0[..],
            &self.stream.0,
            &self.blob.0,
            &self.length.to_be_bytes(),
            &self.hash.0,
            &self.time.to_be_bytes(),
        ]
        .concat()
    }
}
