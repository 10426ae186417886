//! The body of a frame: the pack, deflated, padded, sealed under the key of an epoch.

use super::{Frame, FrameKind, Pack, PackError, Place};
use crate::deflate::{deflate, inflate};
use crate::form::{FormError, Object, object};
use crate::id::Hash;
use crate::label::Label;
use crate::limits::LONGEST_FRAME;
use crate::pad::{pad, unpad};
use crate::seal::{Key, NONCE_BYTES};

object! {
    /// A sealed pack.
    pub struct Body, "frame body" {
        /// The epoch whose key opens it.
        epoch: u64 = 1,
        /// Random.
        nonce: [u8; 24] = 2,
        /// XChaCha20-Poly1305, with its tag.
        ciphertext: Vec<u8> = 3,
    }
}

/// Why a body cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Header or body are not what they should be.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Not sealed by this key, for this header and place, or damaged since.
    #[error("it does not open with this key, or it is damaged")]
    DoesNotOpen,
    /// It opens, and what is inside is not a pack.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A pack, but not the one that the header signs.
    #[error("not the pack that its author signed")]
    OtherPack,
}

impl Body {
    /// Seals a pack under its header: the first time, again under another epoch, or redacted.
    ///
    /// # Errors
    /// [`BodyError::DoesNotOpen`] where the cipher refuses the length.
    pub fn seal(
        pack: &Pack,
        place: &Place,
        header: &Hash,
        epoch: u64,
        key: &Key,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Self, BodyError> {
        let plain = pad(&deflate(&pack.encode()));
        let sealed =
            body_key(key, place, epoch).encrypt(nonce, &associated(place, epoch, header), &plain);
        Ok(Self {
            epoch,
            nonce,
            ciphertext: sealed.map_err(|_| BodyError::DoesNotOpen)?,
        })
    }

    /// The bytes of this body.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode()
    }
}

impl Frame {
    /// The epoch of the body, so that the key can be looked up.
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn epoch(&self) -> Result<u64, FormError> {
        Ok(self.read_body()?.epoch)
    }

    /// Opens the body and holds it against the header, which must have been verified.
    ///
    /// # Errors
    /// See [`BodyError`]; no input panics.
    pub fn open(&self, place: &Place, key: &Key) -> Result<Pack, BodyError> {
        let header = self.header.read()?;
        let body = self.read_body()?;
        let plain = body_key(key, place, body.epoch).decrypt(
            body.nonce,
            &associated(place, body.epoch, &self.header.hash()),
            &body.ciphertext,
        );
        let plain = plain.map_err(|_| BodyError::DoesNotOpen)?;
        let deflated = unpad(&plain).map_err(|_| BodyError::DoesNotOpen)?;
        let bytes = inflate(deflated).map_err(|_| BodyError::DoesNotOpen)?;
        let pack = Pack::decode(&bytes)?;
        if pack.root() != header.root {
            return Err(BodyError::OtherPack);
        }
        if pack.items().is_empty() && header.kind == FrameKind::Changes.number() {
            return Err(BodyError::Pack(PackError::Form(FormError::Shape)));
        }
        Ok(pack)
    }

    fn read_body(&self) -> Result<Body, FormError> {
        Body::decode(&self.body, LONGEST_FRAME)
    }
}

fn body_key(key: &Key, place: &Place, epoch: u64) -> Key {
    let epoch = epoch.to_be_bytes();
    key.derive_for(Label::BodyKey, &[&place.circle.0, &place.stream.0, &epoch])
}

fn associated(place: &Place, epoch: u64, header: &Hash) -> Vec<u8> {
    let epoch = epoch.to_be_bytes();
    Label::Body.message(&[&place.circle.0, &place.stream.0, &epoch, &header.0])
}
