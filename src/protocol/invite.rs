//! Invites: how a device comes into a circle without trusting the server for keys.
//!
//! A link or QR carries a secret that never reaches the server. Under it wait a *bundle* (who
//! invites, to what) and a *claim* (the joiner's keys). The inviter fixed a random number
//! before it saw the claim; both screens show four pictures drawn from bundle, claim and
//! number, so nobody in between can choose keys that match. Nothing enters the chain before
//! the approval. Expiry is data: the server and both apps read the same time.

mod anchor;
mod bundle;
mod claim;
mod link;
mod pictures;

pub use anchor::Anchor;
pub use bundle::{Bundle, InviteFor};
pub use claim::{Claim, ClaimProof};
pub use link::{InviteLink, NotALink};
pub use pictures::{PICTURES, commit_to_number, draw_pictures};

use crate::form::FormError;
use crate::key::BadSignature;
use crate::seal::SealError;

/// Why an invite cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// Not of the form it should have.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Not sealed under the secret of this link.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Not signed by who should have signed.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// The number is not the one that was fixed before the claim.
    #[error("not the number that the inviter had fixed")]
    OtherNumber,
}

#[cfg(test)]
pub(crate) mod tests;
