//! The bundle: what the joiner reads before it makes keys.

use super::{InviteError, InviteLink};
use crate::clock::Millis;
use crate::control::ControlHead;
use crate::form::{Object, numbered, object};
use crate::id::{CircleId, Hash};
use crate::key::{DeviceKeys, VerifyKey};
use crate::label::Label;
use crate::limits::LONGEST_INVITE_BOX;
use crate::seal::NONCE_BYTES;

numbered! {
    /// For whom an invite is.
    pub enum InviteFor {
        /// Another person: a manager adds them.
        Person = 1,
        /// Another device of the inviter: the inviter adds it.
        Device = 2,
    }
}

object! {
    /// Waits on the server, sealed under the secret.
    pub struct Bundle, "invite bundle" {
        /// See [`InviteFor`].
        invite_for: u64 = 1,
        /// Which circle.
        circle: CircleId = 2,
        /// The control head when it was made: the chain has to hold it.
        control: ControlHead = 3,
        /// Who invites.
        inviter: DeviceKeys = 4,
        /// The server's key.
        server: VerifyKey = 5,
        /// The inviter's name, as a person would say it.
        inviter_name: String = 6,
        /// The role, in words.
        role: String = 7,
        /// The streams, in words.
        streams: Vec<String> = 8,
        /// Fixes the inviter's random number.
        commitment: Hash = 9,
        /// Until when it can be claimed.
        expires: Millis = 10,
    }
}

impl Bundle {
    /// Seals it under the link's secret. Keep these bytes: the pictures are drawn from them.
    ///
    /// # Errors
    /// See [`InviteError`].
    pub fn seal(
        &self,
        link: &InviteLink,
        nonce: [u8; NONCE_BYTES],
    ) -> Result<Vec<u8>, InviteError> {
        let key = link.key(Label::InviteBundle);
        Ok(key.seal(nonce, &link.id.0, &self.encode())?)
    }

    /// Opens a bundle.
    ///
    /// # Errors
    /// See [`InviteError`]; no input panics.
    pub fn open(sealed: &[u8], link: &InviteLink) -> Result<Self, InviteError> {
        let plain = link.key(Label::InviteBundle).open(&link.id.0, sealed)?;
        Ok(Self::decode(&plain, LONGEST_INVITE_BOX)?)
    }

    /// Whether it can no longer be claimed.
    #[must_use]
    pub fn is_expired(&self, now: Millis) -> bool {
        now >= self.expires
    }
}
