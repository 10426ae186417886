//! The link: `…/join#v1.<invite id>.<secret>`, both in base64 for addresses. What stands after
//! the `#` a browser sends to nobody.

use crate::base64::{read_base64, write_base64};
use crate::id::InviteId;
use crate::key::{Signer, VerifyKey};
use crate::label::Label;
use crate::seal::Key;

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// Which invite.
    pub id: InviteId,
    /// 32 random bytes.
    pub secret: Key,
}

/// The text is not an invite link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// Nothing of an invite is in it, or a part is missing.
    #[error("not an invite link, or a part of it is missing")]
    Damaged,
    /// Made by a later version: update first.
    #[error("an invite of a later version")]
    Later,
}

impl InviteLink {
    /// The link to a server; `origin` without a slash at its end.
    #[must_use]
    pub fn to_address(&self, origin: &str) -> String {
        let id = write_base64(&self.id.0);
        let secret = write_base64(self.secret.expose());
        format!("{origin}/join#v1.{id}.{secret}")
    }

    /// Reads a whole link, or what stands after its `#`; spaces around it do not matter.
    ///
    /// # Errors
    /// See [`NotALink`]; no input panics.
    pub fn read(text: &str) -> Result<Self, NotALink> {
        let text = text.trim();
        let fragment = text.rsplit_once('#').map_or(text, |(_, after)| after);
        let parts: Vec<&str> = fragment.split('.').collect();
        let [version, id, secret] = parts[..] else {
            return Err(NotALink::Damaged);
        };
        if version != "v1" {
            let digits = version.strip_prefix('v').ok_or(NotALink::Damaged)?;
            let later = digits.parse().is_ok_and(|number: u32| number > 1);
            return Err(if later {
                NotALink::Later
            } else {
                NotALink::Damaged
            });
        }
        Ok(Self {
            id: InviteId(read_base64(id).ok_or(NotALink::Damaged)?),
            secret: Key::new(read_base64(secret).ok_or(NotALink::Damaged)?),
        })
    }

    /// What the server may know of the secret: enough to verify a claim, of no other use.
    #[must_use]
    pub fn proof_key(&self) -> VerifyKey {
        crate::key::Sign::verify_key(&self.proof_signer())
    }

    pub(super) fn proof_signer(&self) -> Signer {
        let seed = self.secret.derive_for(Label::InviteProofKey, &[&self.id.0]);
        Signer::from_seed(*seed.expose())
    }

    pub(super) fn key(&self, label: Label) -> Key {
        self.secret.derive_for(label, &[&self.id.0])
    }
}
