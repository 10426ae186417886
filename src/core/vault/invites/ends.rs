//! How an invite that was made here ends without anybody coming in.

use super::inviting::intent_of;
use super::kept::Over;
use super::{InviteCall, KeptInvite};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::Intent;
use crate::vault::Vault;
use crate::vault::sync::Progress;
use hearth_protocol::InviteId;

impl<S: Store, E: Clock + Random> Vault<S, E> {
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
