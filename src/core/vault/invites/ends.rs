//! How an invite that was made here ends without anybody coming in.

use super::inviting::intent_of;
use super::kept::Over;
use super::{InviteCall, KeptInvite};
use crate::circle::CircleView;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Intent;
use crate::vault::Vault;
use crate::vault::sync::{Outgoing, Progress};
use hearth_protocol::limits::CLAIMED_INVITE_SECONDS;
use hearth_protocol::{InviteId, Millis};

/// How long after its end the server may have one: while it waits for its approval, then for the joiner.
const LONGEST_KEPT: Millis = 2 * CLAIMED_INVITE_SECONDS as Millis * 1_000;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Takes an invite back, or clears one that is over. The server is told, whenever that is, so that who follows the link
    /// hears that it is gone; until it has confirmed this the invite is kept, and not shown.
    pub(in crate::vault) async fn cancel_invite(
        &mut self,
        id: InviteId,
    ) -> Result<CircleView, Failure> {
        let invite = self.invites.made.get(&id).cloned();
        match invite.filter(|invite| self.is_perhaps_there(invite)) {
            Some(mut invite) => {
                invite.over = Over::TakenBack;
                self.keep_invite(id, invite).await?;
            }
            None => self.forget_invite(id).await?,
        }
        Ok(self.circle())
    }

    /// Whether the server may have it, and somebody wait there in vain. A sealed bundle may have been sent, confirmed or
    /// not; what lets in whom it was for stays until they have it.
    fn is_perhaps_there(&self, invite: &KeptInvite) -> bool {
        let has_run_out = invite.claim.is_none() && self.server_time() >= invite.expires;
        !invite.bundle.is_empty() && !invite.is_done && invite.over != Over::Gone && !has_run_out
    }

    /// Tells the server that it is taken back: it is left again, to be claimed until a time long past.
    pub(super) async fn take_back(
        &mut self,
        id: InviteId,
        invite: &KeptInvite,
    ) -> Result<Option<Outgoing>, Failure> {
        if self.server_time() >= invite.expires.saturating_add(LONGEST_KEPT) {
            self.forget_invite(id).await?;
            return Ok(None);
        }
        if self.invites.asks.not_taken_back.contains(&id) {
            return Ok(None);
        }
        let call = InviteCall::TakeBack(id);
        Ok(Some(self.send_put(id, invite, 0, call)))
    }

    /// The server does not have an invite.
    pub(super) async fn take_absence(
        &mut self,
        call: InviteCall,
        id: InviteId,
        mut invite: KeptInvite,
    ) -> Result<Progress, Failure> {
        match call {
            // Expired unclaimed: what is shown follows from the time.
            InviteCall::Look(_) => Ok(Progress::GoOn),
            // It is told again with the next look for news, and keeps nothing else waiting until then.
            InviteCall::TakeBack(_) => {
                self.invites.asks.not_taken_back.insert(id);
                Ok(Progress::GoOn)
            }
            // One that was claimed waits there until it is answered: this one is lost.
            InviteCall::Reveal(_) | InviteCall::Anchor(_) => {
                invite.over = Over::Gone;
                self.keep_invite(id, invite).await?;
                Ok(Progress::GoOn)
            }
            _ => {
                self.invites.asks.stands_back = true;
                Ok(Progress::Wait)
            }
        }
    }

    /// Ends the invites whose newcomers the circle's rules keep out: they would be wanted again
    /// with every call.
    pub(in crate::vault) async fn end_refused(
        &mut self,
        refused: &[Intent],
    ) -> Result<(), Failure> {
        let made = self.invites.made.iter();
        let ended: Vec<(InviteId, KeptInvite)> = made
            .filter(|(id, invite)| {
                let intent = intent_of(**id, invite).filter(|_| invite.lets_in());
                let is_refused = intent.is_some_and(|intent| refused.contains(&intent));
                is_refused && !self.is_let_in(**id, invite)
            })
            .map(|(id, invite)| (*id, invite.clone()))
            .collect();
        for (id, mut invite) in ended {
            invite.over = Over::Refused;
            self.keep_invite(id, invite).await?;
        }
        Ok(())
    }

    /// Whether somebody is on their way into this phone's circle.
    pub(in crate::vault) fn is_letting_in(&self) -> bool {
        self.invites.made.values().any(KeptInvite::lets_in)
    }
}
