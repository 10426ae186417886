//! Invites, both sides. Every step is kept before the next is taken, so that days offline and
//! ended processes cost nothing but time; nothing enters the chain before the approval.

mod arrival;
mod cards;
mod ends;
mod inviting;
mod joining;
mod kept;

pub(in crate::vault) use kept::{KeptInvite, KeptJoining, is_invite, owns};

use super::Vault;
use super::sync::{Outgoing, Progress};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use hearth_protocol::Object;
use hearth_protocol::exchange::InviteState;
use hearth_protocol::limits::LONGEST_SMALL_MESSAGE;
use hearth_protocol::{InviteId, SortedMap, SortedSet};

/// Everything about invites on this phone.
#[derive(Default)]
pub(super) struct Invites {
    pub(super) made: SortedMap<InviteId, KeptInvite>,
    pub(super) joining: Option<KeptJoining>,
    /// What to ask the server about again.
    pub(super) asks: Asks,
}

/// What is due to be asked; never durable.
#[derive(Default)]
pub(super) struct Asks {
    pub(super) invites: SortedSet<InviteId>,
    pub(super) joining: bool,
    pub(super) is_offline: bool,
    /// The server did not take the last call: photos go before the next one.
    pub(super) stands_back: bool,
    /// Invites that the server would not take back a moment ago.
    pub(super) not_taken_back: SortedSet<InviteId>,
}

/// A call about an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vault) enum InviteCall {
    Put(InviteId),
    Look(InviteId),
    Reveal(InviteId),
    Anchor(InviteId),
    TakeBack(InviteId),
    Read,
    Claim,
    Follow,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn read_invites(&mut self) -> Result<(), Failure> {
        let asks = std::mem::take(&mut self.invites.asks);
        self.invites = self.kept_invites().await?;
        self.invites.asks = asks;
        self.expect_anchor();
        Ok(())
    }

    /// Asks about every invite again at the next opportunity.
    pub(super) fn look_at_invites(&mut self) {
        self.invites.asks.invites = self.invites.made.keys().copied().collect();
        self.invites.asks.joining = self.invites.joining.is_some();
        self.invites.asks.not_taken_back.clear();
    }

    /// Whether somebody waits for the other phone right now, so that asking often is worth it.
    #[must_use]
    pub fn is_waiting_for_somebody(&self) -> bool {
        let now = self.surroundings.now();
        let is_open = |invite: &KeptInvite| invite.is_waiting(now);
        let joins = self.invites.joining.as_ref();
        joins.is_some_and(KeptJoining::is_waiting) || self.invites.made.values().any(is_open)
    }

    /// The next call about an invite, if one is due.
    pub(super) async fn next_invite_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        if let Some(call) = self.next_joining_call()? {
            return Ok(Some(call));
        }
        self.next_inviting_call().await
    }

    /// The server's answer to a call about an invite.
    pub(super) async fn take_invite_reply(
        &mut self,
        call: InviteCall,
        status: u16,
        body: &[u8],
    ) -> Result<Progress, Failure> {
        let state = match (status, InviteState::decode(body, LONGEST_SMALL_MESSAGE)) {
            (200, Ok(state)) => Some(state),
            (404, _) => None,
            (status, _) => {
                // A 200 that nobody can read is not the server's: a sign-in page has the line.
                self.invites.asks.is_offline = status == 200;
                self.invites.asks.stands_back = true;
                return Ok(Progress::Wait);
            }
        };
        self.invites.asks.is_offline = false;
        match call {
            InviteCall::Put(id)
            | InviteCall::Look(id)
            | InviteCall::Reveal(id)
            | InviteCall::Anchor(id)
            | InviteCall::TakeBack(id) => self.take_inviting(call, id, state).await,
            InviteCall::Read | InviteCall::Claim | InviteCall::Follow => {
                self.take_joining(call, state).await
            }
        }
    }
}
