//! Frames: what one device says in one stream.
//!
//! A signed *header* that never changes, and a sealed *body* that may be sealed again under
//! another epoch, or redacted. What binds them is the `root` in the header: a hash over the
//! hashes of the pack head and of each change with its salt.

mod body;
mod chain;
mod header;
mod pack;
mod shown;

pub use body::{Body, BodyError};
pub use chain::{ChainError, ChainPoint};
pub use header::{Erased, ErasedFrame, FrameKind, Header, Outline, SignedHeader};
#[cfg(test)]
pub(crate) use pack::PackForm;
pub use pack::{Pack, PackError, PackHead, PackItem, Seen};
pub use shown::{ShownChange, ShownError};

use crate::form::{Field, FormError};
use crate::id::{CircleId, StreamId};
use crate::limits::LONGEST_FRAME;
use crate::value::Value;

/// Where a frame belongs. It is signed and sealed for this place alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which circle.
    pub circle: CircleId,
    /// Which of its streams.
    pub stream: StreamId,
}

/// A frame as it is stored and sent: `[header, signature, body]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Never changes.
    pub header: SignedHeader,
    /// The bytes of the body, which may be replaced.
    pub body: Vec<u8>,
}

impl Frame {
    /// Puts a body under its header.
    #[must_use]
    pub fn new(header: SignedHeader, body: &Body) -> Self {
        Self {
            header,
            body: body.to_bytes(),
        }
    }

    /// The bytes of this frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let parts = (
            self.header.bytes().to_vec(),
            self.header.signature,
            self.body.clone(),
        );
        parts.write().encode()
    }

    /// Reads one frame that fills all the bytes. Nothing is verified yet; header and body may
    /// be of a later version.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormError> {
        if bytes.len() > LONGEST_FRAME {
            return Err(FormError::TooLong);
        }
        let (header, signature, body) = Field::read(Value::decode(bytes)?)?;
        Ok(Self {
            header: SignedHeader::new(header, signature),
            body,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
