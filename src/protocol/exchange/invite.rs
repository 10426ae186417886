//! The messages of an invite. Those of the inviter are signed requests; those of the joiner,
//! who is nobody yet, name the invite alone.

use crate::clock::Millis;
use crate::form::object;
use crate::id::{CircleId, InviteId};
use crate::invite::ClaimProof;
use crate::key::VerifyKey;

object! {
    /// The inviter leaves an invite.
    pub struct InvitePut, "invite put" {
        /// Which circle.
        circle: CircleId = 1,
        /// The new invite.
        invite: InviteId = 2,
        /// Verifies claims.
        proof_key: VerifyKey = 3,
        /// The sealed bundle.
        bundle: Vec<u8> = 4,
        /// Until when it can be claimed. Left again with an earlier time it ends then; a later one changes nothing.
        expires: Millis = 5,
    }
}

object! {
    /// Inviter or joiner asks how it stands.
    pub struct InviteGet, "invite get" {
        /// Which invite.
        invite: InviteId = 1,
    }
}

object! {
    /// How an invite stands. One that is unknown, taken back, or expired before it was claimed, is not here.
    pub struct InviteState, "invite state" {
        /// The sealed bundle.
        bundle: Vec<u8> = 1,
        /// The claim that was first.
        claim: Option<ClaimProof> = 2,
        /// How many claims were made with the secret: more than one is an alarm.
        claims: u64 = 3,
        /// The inviter's number, once revealed.
        number: Option<[u8; 32]> = 4,
        /// The sealed anchor, once approved.
        anchor: Option<Vec<u8>> = 5,
    }
}

object! {
    /// The joiner claims it. The same claim again answers the same; another one is counted and
    /// answered as not here.
    pub struct InviteClaim, "invite claim message" {
        /// Which invite.
        invite: InviteId = 1,
        /// The claim with its proof.
        claim: ClaimProof = 2,
    }
}

object! {
    /// The inviter reveals its number, when the claim has come.
    pub struct InviteReveal, "invite reveal" {
        /// Which invite.
        invite: InviteId = 1,
        /// The number that the bundle's commitment fixes.
        number: [u8; 32] = 2,
    }
}

object! {
    /// The inviter approves, when the entry is appended.
    pub struct InviteApprove, "invite approve" {
        /// Which invite.
        invite: InviteId = 1,
        /// The sealed anchor.
        anchor: Vec<u8> = 2,
    }
}
