//! The anchor: what the inviter knows of the circle, so that a new device cannot be shown an
//! older world.

use super::{InviteError, InviteLink};
use crate::control::ControlHead;
use crate::form::{Object, object};
use crate::id::{Hash, LogId, StreamId};
use crate::key::{Sign, Signature, VerifyKey};
use crate::label::Label;
use crate::limits::LONGEST_INVITE_BOX;
use crate::seal::NONCE_BYTES;

object! {
    /// Sealed under the secret and signed by the inviter's device.
    pub struct Anchor, "invite anchor" {
        /// The entry that added the joiner.
        control: ControlHead = 1,
        /// The streams the joiner may read: stream, log, last row, running hash.
        streams: Vec<(StreamId, LogId, u64, Hash)> = 2,
        /// Over the invite's id and all of this.
        signature: Signature = 3,
    }
}

impl Anchor {
    /// Signs and seals it.
    ///
    /// # Errors
    /// See [`InviteError`].
    pub fn seal(
        link: &InviteLink,
        control: ControlHead,
        streams: Vec<(StreamId, LogId, u64, Hash)>,
        inviter: &impl Sign,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Vec<u8>, InviteError> {
        let mut anchor = Self {
            control,
            streams,
            signature: Signature([0; 64]),
        };
        anchor.signature = inviter.sign(Label::InviteApproval, &[&link.id.0, &anchor.unsigned()]);
        let key = link.key(Label::InviteAnchor);
        Ok(key.seal(nonce, &link.id.0, &anchor.encode())?)
    }

    /// Opens it and checks that the inviter of the bundle signed it.
    ///
    /// # Errors
    /// See [`InviteError`]; no input panics.
    pub fn open(
        sealed: &[u8],
        link: &InviteLink,
        inviter: &VerifyKey,
    ) -> Result<Self, InviteError> {
        let plain = link.key(Label::InviteAnchor).open(&link.id.0, sealed)?;
        let anchor = Self::decode(&plain, LONGEST_INVITE_BOX)?;
        let parts: [&[u8]; 2] = [&link.id.0, &anchor.unsigned()];
        inviter.verify(Label::InviteApproval, &parts, &anchor.signature)?;
        Ok(anchor)
    }

    fn unsigned(&self) -> Vec<u8> {
        let signature = Signature([0; 64]);
        Self {
            signature,
            ..self.clone()
        }
        .encode()
    }
}
