//! Invites that wait.

use hearth_protocol::invite::ClaimProof;
use hearth_protocol::limits::{CLAIMED_INVITE_SECONDS, LARGEST_CLOCK_ERROR};
use hearth_protocol::{CircleId, DeviceId, InviteId, Millis, VerifyKey};

use super::Stored;

const CLAIMED_TIME: Millis = CLAIMED_INVITE_SECONDS as Millis * 1000;

/// How long after its end an invite's name stays taken. A request is good for as long: one that left it and comes late does
/// not bring back what was taken back meanwhile.
const NAME_TIME: Millis = 2 * LARGEST_CLOCK_ERROR as Millis * 1000;

/// An invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    /// Its name.
    pub invite: InviteId,
    /// To which circle.
    pub circle: CircleId,
    /// Who left it.
    pub inviter: DeviceId,
    /// Verifies claims.
    pub proof_key: VerifyKey,
    /// The sealed bundle.
    pub bundle: Vec<u8>,
    /// Until when it can be claimed.
    pub expires: Millis,
    /// The claim that was first.
    pub claim: Option<ClaimProof>,
    /// How many claims were made with the secret.
    pub claims: u64,
    /// The inviter's number, once revealed.
    pub number: Option<[u8; 32]>,
    /// The sealed anchor, once approved.
    pub anchor: Option<Vec<u8>>,
    /// Until when it is here: longer once it is claimed, and again once it is approved; shorter where it is taken back.
    pub until: Millis,
}

/// What happens to an invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteChange {
    /// Somebody who has the secret claims it.
    Claim(ClaimProof),
    /// The inviter shows its number.
    Reveal([u8; 32]),
    /// The inviter leaves the anchor.
    Approve(Vec<u8>),
}

impl InviteRow {
    /// Whether it is here: expired ones are not, nor those that nobody came back to.
    #[must_use]
    pub fn is_here(&self, now: Millis) -> bool {
        now < self.until
    }

    /// Whether its name may be forgotten.
    #[must_use]
    pub fn is_forgotten(&self, now: Millis) -> bool {
        self.until <= Self::forgotten_before(now)
    }

    /// Until when invites must have been here that are forgotten now.
    pub(super) fn forgotten_before(now: Millis) -> Millis {
        now.saturating_sub(NAME_TIME)
    }

    /// Whether the other one is this one, left again.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.circle, self.inviter, &self.bundle) == (other.circle, other.inviter, &other.bundle)
    }

    /// As it is kept the first time: one that has ended already keeps its name for as long as others do from now on.
    pub(super) fn begin(self, now: Millis) -> Self {
        Self {
            until: self.until.max(now),
            ..self
        }
    }

    /// What is answered where there is no room for it: one that has ended already needs none.
    pub(super) fn without_room(self, now: Millis) -> Kept {
        match self.is_here(now) {
            true => Kept::TooMany,
            false => Kept::Here(Box::new(self)),
        }
    }

    /// The inviter left it again, to be claimed until then: its end moves forward, never back, and never before now. Claimed
    /// or not, it is not here after its end. One that is left with a later end stays as it is.
    pub fn leave_again(&mut self, expires: Millis, now: Millis) {
        if expires < self.expires {
            self.expires = expires;
            self.until = self.until.min(expires.max(now));
        }
    }

    /// Does what `change` says, and says whether it was done; the same change twice is done once and said twice.
    pub fn apply(&mut self, change: &InviteChange, now: Millis) -> bool {
        if !self.is_here(now) {
            return false;
        }
        match change {
            InviteChange::Claim(claim) => self.claim(claim, now),
            InviteChange::Reveal(number) => {
                self.claim.is_some() && self.number.get_or_insert(*number) == number
            }
            InviteChange::Approve(anchor) => {
                if self.claim.is_none() {
                    return false;
                }
                self.anchor = Some(anchor.clone());
                self.until = now + CLAIMED_TIME;
                true
            }
        }
    }

    fn claim(&mut self, claim: &ClaimProof, now: Millis) -> bool {
        match &self.claim {
            Some(first) if first.sealed == claim.sealed => true,
            Some(_) => {
                self.claims += 1;
                false
            }
            None => {
                self.claim = Some(claim.clone());
                self.claims = 1;
                self.until = now + CLAIMED_TIME;
                true
            }
        }
    }
}

/// What became of an invite that was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It waits, or one of the same name did before.
    Here(Box<InviteRow>),
    /// As many of this circle wait as may.
    TooMany,
}

/// The invites' part of a database.
pub trait InviteDatabase {
    /// Keeps an invite where none of its name is, or else [`InviteRow::leave_again`] where it is the same; and forgets those
    /// whose time is over. One whose end has come already is kept, where there is room, for its name.
    fn keep_invite(
        &self,
        invite: InviteRow,
        now: Millis,
        most: usize,
    ) -> impl Future<Output = Stored<Kept>> + Send;

    /// How it stands.
    fn read_invite(
        &self,
        invite: InviteId,
    ) -> impl Future<Output = Stored<Option<InviteRow>>> + Send;

    /// [`InviteRow::apply`]; gives the row where it was done.
    fn change_invite(
        &self,
        invite: InviteId,
        change: InviteChange,
        now: Millis,
    ) -> impl Future<Output = Stored<Option<InviteRow>>> + Send;
}
