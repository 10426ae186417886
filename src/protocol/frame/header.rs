//! The header of a frame. Its first fields are the same in every version, and so are its hash
//! and its signature: an old app chains and keeps what it cannot read.

use super::Place;
use crate::change::VERSION;
use crate::control::ControlHead;
use crate::form::{
    Field, Fields, FormError, Object, from_fields, numbered, object, read_any_version,
};
use crate::id::{BlobId, DeviceId, Hash};
use crate::key::{BadSignature, Sign, Signature, VerifyKey};
use crate::label::Label;
use crate::limits::{LONGEST_HEADER, MOST_BLOBS_NAMED, MOST_ERASED};

numbered! {
    /// What a frame is for.
    pub enum FrameKind {
        /// Holds 1 to 64 changes.
        Changes = 1,
        /// Names frames and blobs to erase; may hold changes that say which entries.
        Erase = 2,
    }
}

object! {
    /// What is signed of a frame.
    pub struct Header, "frame header" {
        /// Whose frame.
        device: DeviceId = 1,
        /// Its number among this device's frames in this stream, from 1 without gaps.
        dev_seq: u64 = 2,
        /// Hash of this device's header before it in this stream; zeros for the first.
        prev: Hash = 3,
        /// See [`FrameKind`].
        kind: u64 = 4,
        /// The control head its author knew.
        control: ControlHead = 5,
        /// The attachments it brings, and how long they are sealed.
        blobs: Vec<(BlobId, u64)> = 6,
        /// Hash over the parts of its pack.
        root: Hash = 7,
        /// Number, critical or not, bytes. This version knows none.
        extensions: Vec<(u64, bool, Vec<u8>)> = 8,
        /// What an erase frame erases.
        erased: Option<Erased> = 9,
    }
}

object! {
    /// What goes.
    pub struct Erased, "erased" {
        /// Frames whose bodies are replaced.
        frames: Vec<ErasedFrame> = 1,
        /// Attachments that are deleted.
        blobs: Vec<BlobId> = 2,
    }
}

object! {
    /// A frame and the body that takes the place of its body.
    pub struct ErasedFrame, "erased frame" {
        /// Whose frame.
        device: DeviceId = 1,
        /// Its number.
        dev_seq: u64 = 2,
        /// Its header's hash.
        header: Hash = 3,
        /// Hash of the bytes of the redacted body.
        body: Hash = 4,
    }
}

impl ErasedFrame {
    /// Whether this is the body that the erase frame names.
    #[must_use]
    pub fn is_body(&self, body: &[u8]) -> bool {
        self.body == Self::hash_body(body)
    }

    /// What names a body.
    #[must_use]
    pub fn hash_body(body: &[u8]) -> Hash {
        Label::BodyBytes.hash(&[body])
    }
}

impl Header {
    /// Whether this build knows all of it that must be known. If not: stop writing, keep it,
    /// ask to update.
    #[must_use]
    pub fn is_understood(&self) -> bool {
        let knows = |(_, is_critical, _): &(u64, bool, Vec<u8>)| !is_critical;
        FrameKind::from_number(self.kind).is_some() && self.extensions.iter().all(knows)
    }

    /// Signs it for one place.
    pub fn sign(&self, place: &Place, signer: &impl Sign) -> SignedHeader {
        let bytes = self.encode();
        let hash = hash(&bytes);
        let signature = signer.sign(Label::Frame, &[&place.circle.0, &place.stream.0, &hash.0]);
        SignedHeader { bytes, signature }
    }

    fn check(self) -> Result<Self, FormError> {
        let is_first = self.dev_seq == 1;
        let is_erase = self.kind == FrameKind::Erase.number();
        let is_known = FrameKind::from_number(self.kind).is_some();
        let erased = self.erased.as_ref();
        let fits = self.dev_seq >= 1
            && is_first == (self.prev == Hash::ZERO)
            && self.blobs.len() <= MOST_BLOBS_NAMED
            && erased.is_none_or(|erased| {
                erased.frames.len() <= MOST_ERASED && erased.blobs.len() <= MOST_BLOBS_NAMED
            })
            && (!is_known || is_erase == erased.is_some());
        if fits {
            Ok(self)
        } else {
            Err(FormError::Shape)
        }
    }
}

/// The bytes of a header with their signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeader {
    bytes: Vec<u8>,
    /// Of the author's device.
    pub signature: Signature,
}

/// What every version's header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The version it was made by.
    pub version: u64,
    /// Whose frame.
    pub device: DeviceId,
    /// Its number.
    pub dev_seq: u64,
    /// Hash of the header before it.
    pub prev: Hash,
    /// Its own hash.
    pub hash: Hash,
}

impl SignedHeader {
    /// Takes bytes and signature as they came.
    #[must_use]
    pub fn new(bytes: Vec<u8>, signature: Signature) -> Self {
        Self { bytes, signature }
    }

    /// The bytes that are signed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name: the hash of its bytes, without the signature.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(&self.bytes)
    }

    /// What every version's header says.
    ///
    /// # Errors
    /// See [`FormError`]; a later version is no error.
    pub fn outline(&self) -> Result<Outline, FormError> {
        let (version, mut fields) = read_any_version(&self.bytes, LONGEST_HEADER)?;
        self.outer_form(version, &mut fields)
    }

    /// What it says.
    ///
    /// # Errors
    /// See [`FormError`]; [`FormError::Later`] where [`SignedHeader::outline`] still works.
    pub fn read(&self) -> Result<Header, FormError> {
        let (version, mut fields) = read_any_version(&self.bytes, LONGEST_HEADER)?;
        if version != VERSION.unsigned_abs() {
            return Err(FormError::Later(version));
        }
        from_fields::<Header>(&mut fields)?.check()
    }

    /// Whether the owner of this key signed it for this place.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, place: &Place, key: &VerifyKey) -> Result<(), BadSignature> {
        let parts: [&[u8]; 3] = [&place.circle.0, &place.stream.0, &self.hash().0];
        key.verify(Label::Frame, &parts, &self.signature)
    }

    fn outer_form(&self, version: u64, fields: &mut Fields) -> Result<Outline, FormError> {
        Ok(Outline {
            version,
            device: Field::take(fields, 1)?,
            dev_seq: Field::take(fields, 2)?,
            prev: Field::take(fields, 3)?,
            hash: self.hash(),
        })
    }
}

fn hash(bytes: &[u8]) -> Hash {
    Label::Header.hash(&[bytes])
}
