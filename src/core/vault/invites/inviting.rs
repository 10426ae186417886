//! The side that invites.

use super::kept::Over;
use super::{InviteCall, KeptInvite};
use crate::circle::{CircleView, InviteStage, InviteView, Whom, card};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::{Intent, Replica};
use crate::vault::Vault;
use crate::vault::sync::{Outgoing, Progress};
use hearth_protocol::exchange::{
    Endpoint, InviteApprove, InviteGet, InvitePut, InviteReveal, InviteState,
};
use hearth_protocol::invite::{
    Anchor, Bundle, Claim, InviteFor, InviteLink, commit_to_number, draw_pictures,
};
use hearth_protocol::limits::{LINK_INVITE_SECONDS, QR_INVITE_SECONDS};
use hearth_protocol::{CircleId, InviteId, Key, Millis, Object};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Makes an invite. It can be followed once the server has it.
    pub(in crate::vault) async fn invite(
        &mut self,
        whom: Whom,
        name: &str,
        is_quick: bool,
    ) -> Result<CircleView, Failure> {
        if self.is_coming_back() {
            return Err(Failure::JoiningElsewhere);
        }
        let name = card::tidy_name(name);
        self.name_person(&name).await?;
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        if !replica.is_manager() && whom != Whom::MyPhone {
            return Err(Failure::NotAllowed);
        }
        let is_pinned = replica.server_key().is_some();
        let seconds = if is_quick {
            QR_INVITE_SECONDS
        } else {
            LINK_INVITE_SECONDS
        };
        let expires = self.server_time() + seconds as Millis * 1_000;
        let id = InviteId(self.random()?);
        let number: [u8; 32] = self.random()?;
        let link = InviteLink {
            id,
            secret: Key::new(self.random()?),
        };
        let mut invite = KeptInvite {
            secret: *link.secret.expose(),
            number,
            bundle: Vec::new(),
            whom,
            expires,
            is_put: false,
            claim: None,
            claims: 0,
            is_revealed: false,
            is_approved: false,
            is_done: false,
            over: Over::Not,
        };
        // Before the server is pinned there is nothing to fix in the bundle yet: it is sealed when it is.
        if is_pinned {
            invite.bundle = self.seal_bundle(id, &invite)?;
        }
        self.keep_invite(id, invite).await?;
        Ok(self.circle())
    }

    fn seal_bundle(&self, id: InviteId, invite: &KeptInvite) -> Result<Vec<u8>, Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let me = replica.me();
        let bundle = Bundle {
            invite_for: match invite.whom {
                Whom::MyPhone => InviteFor::Device,
                Whom::Person { .. } => InviteFor::Person,
            }
            .number(),
            circle: replica.id(),
            control: replica.control_head(),
            inviter: me.secret.keys(),
            server: replica.server_key().ok_or(Failure::NoCircle)?,
            inviter_name: self.name_of(&me.person.0),
            // The app's own words for a role are codes; each app says them in its language.
            role: match invite.whom {
                Whom::MyPhone => "phone",
                Whom::Person { reads_all: true } => "reads-all",
                Whom::Person { reads_all: false } => "reads-new",
            }
            .to_owned(),
            streams: vec!["family".to_owned()],
            commitment: commit_to_number(&invite.number),
            expires: invite.expires,
        };
        let sealed = bundle.seal(&invite.link(id), self.random()?);
        sealed.map_err(|error| Failure::Malformed(error.to_string()))
    }

    /// The pictures are the same: the joiner is let in with the next exchange.
    pub(in crate::vault) async fn approve_invite(
        &mut self,
        id: InviteId,
    ) -> Result<CircleView, Failure> {
        let mut invite = self
            .invites
            .made
            .get(&id)
            .cloned()
            .ok_or(Failure::NotFound)?;
        if invite.claim.is_none() || !invite.is_revealed || invite.over != Over::Not {
            return Err(Failure::NotFound);
        }
        // Once somebody else is in, this phone's circle cannot move into another any more.
        if self.is_asking_elsewhere() || self.is_coming_back() {
            return Err(Failure::JoiningElsewhere);
        }
        invite.is_approved = true;
        self.keep_invite(id, invite).await?;
        Ok(self.circle())
    }

    pub(super) async fn next_inviting_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        let ids: Vec<InviteId> = self.invites.made.keys().copied().collect();
        for id in ids {
            if let Some(call) = self.call_for(id).await? {
                return Ok(Some(call));
            }
        }
        Ok(None)
    }

    /// Approvals become intents for the control log; told again after every start.
    pub(in crate::vault) fn intend_approved(&mut self) {
        let approved = self.invites.made.iter();
        let approved = approved.filter(|(_, invite)| invite.lets_in());
        let intents: Vec<Intent> = approved
            .filter_map(|(id, invite)| intent_of(*id, invite))
            .collect();
        if let Some(replica) = &mut self.replica {
            for intent in intents {
                let is_in = match &intent {
                    Intent::AddDevice(keys) | Intent::AddPerson { keys, .. } => {
                        replica.circle().is_active(&keys.id())
                    }
                    _ => true,
                };
                if !is_in {
                    replica.intend(intent);
                }
            }
        }
    }

    async fn call_for(&mut self, id: InviteId) -> Result<Option<Outgoing>, Failure> {
        let Some(mut invite) = self.invites.made.get(&id).cloned() else {
            return Ok(None);
        };
        let Some(replica) = self
            .replica
            .as_ref()
            .filter(|replica| replica.is_known_to_server())
        else {
            return Ok(None);
        };
        if invite.over == Over::TakenBack {
            return self.take_back(id, &invite).await;
        }
        let is_over = invite.is_done || invite.over != Over::Not;
        if is_over || replica.server_key().is_none() {
            return Ok(None);
        }
        if !invite.is_put {
            if invite.bundle.is_empty() {
                invite.bundle = self.seal_bundle(id, &invite)?;
                self.keep_invite(id, invite.clone()).await?;
            }
            let call = InviteCall::Put(id);
            return Ok(Some(self.send_put(id, &invite, invite.expires, call)));
        }
        if invite.claim.is_some() && !invite.is_revealed {
            let reveal = InviteReveal {
                invite: id,
                number: invite.number,
            };
            let call = InviteCall::Reveal(id);
            return Ok(Some(self.send_invite(
                Endpoint::InviteReveal,
                reveal.encode(),
                call,
            )));
        }
        if invite.is_approved && self.is_let_in(id, &invite) {
            return self.send_anchor(id, &invite).map(Some);
        }
        if self.invites.asks.invites.remove(&id) {
            let look = InviteGet { invite: id };
            let call = InviteCall::Look(id);
            return Ok(Some(self.send_invite(
                Endpoint::InviteGet,
                look.encode(),
                call,
            )));
        }
        Ok(None)
    }

    pub(super) fn send_put(
        &mut self,
        id: InviteId,
        invite: &KeptInvite,
        expires: Millis,
        call: InviteCall,
    ) -> Outgoing {
        let replica = self.replica.as_ref();
        let put = InvitePut {
            circle: replica.map_or(CircleId([0; 32]), Replica::id),
            invite: id,
            proof_key: invite.link(id).proof_key(),
            bundle: invite.bundle.clone(),
            expires,
        };
        self.send_invite(Endpoint::InvitePut, put.encode(), call)
    }

    fn send_anchor(&mut self, id: InviteId, invite: &KeptInvite) -> Result<Outgoing, Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let streams = replica.circle().streams().filter_map(|stream| {
            let point = replica.log_point(&stream)?;
            Some((stream, point.log, point.seq, point.running))
        });
        let link = invite.link(id);
        let signer = &replica.me().secret.signer;
        let head = replica.control_head();
        let anchor = Anchor::seal(&link, head, streams.collect(), signer, self.random()?);
        let anchor = anchor.map_err(|error| Failure::Malformed(error.to_string()))?;
        let approve = InviteApprove { invite: id, anchor };
        let call = InviteCall::Anchor(id);
        Ok(self.send_invite(Endpoint::InviteApprove, approve.encode(), call))
    }

    pub(super) fn is_let_in(&self, id: InviteId, invite: &KeptInvite) -> bool {
        let claim = claim_of(id, invite);
        let replica = self.replica.as_ref();
        claim
            .zip(replica)
            .is_some_and(|(claim, replica)| replica.circle().is_active(&claim.keys.id()))
    }

    pub(super) async fn take_inviting(
        &mut self,
        call: InviteCall,
        id: InviteId,
        state: Option<InviteState>,
    ) -> Result<Progress, Failure> {
        let Some(mut invite) = self.invites.made.get(&id).cloned() else {
            return Ok(Progress::GoOn);
        };
        let Some(state) = state else {
            return self.take_absence(call, id, invite).await;
        };
        if matches!(call, InviteCall::TakeBack(_)) {
            self.forget_invite(id).await?;
            return Ok(Progress::GoOn);
        }
        let before = invite.clone();
        match call {
            InviteCall::Put(_) => invite.is_put = true,
            InviteCall::Reveal(_) => invite.is_revealed = true,
            InviteCall::Anchor(_) => invite.is_done = true,
            _ => {}
        }
        invite.claims = invite.claims.max(state.claims);
        if let (None, Some(claim)) = (&invite.claim, state.claim) {
            let link = invite.link(id);
            let is_proven = claim.verify(&id, &link.proof_key()).is_ok();
            let is_fitting = Claim::open(&claim.sealed, &link)
                .is_ok_and(|claim| claim.person.is_some() == (invite.whom != Whom::MyPhone));
            if is_proven && is_fitting {
                invite.claim = Some(claim.sealed);
            }
        }
        let is_done = invite.is_done && !before.is_done;
        if invite != before {
            self.keep_invite(id, invite.clone()).await?;
        }
        if is_done {
            self.write_cards(id, &invite).await?;
        }
        Ok(Progress::GoOn)
    }

    pub(in crate::vault) fn invite_views(&self) -> Vec<InviteView> {
        let origin = self.origin().unwrap_or_default();
        let made = self.invites.made.iter();
        let shown = made.filter(|(_, invite)| invite.over != Over::TakenBack);
        shown
            .map(|(id, invite)| InviteView {
                id: *id,
                whom: invite.whom,
                link: invite.link(*id).to_address(origin),
                expires: invite.expires,
                stage: self.stage_of(*id, invite),
            })
            .collect()
    }

    fn stage_of(&self, id: InviteId, invite: &KeptInvite) -> InviteStage {
        match invite.over {
            _ if invite.is_done => return InviteStage::Done,
            Over::Gone | Over::TakenBack => return InviteStage::Gone,
            Over::Refused => return InviteStage::Refused,
            Over::Not => {}
        }
        if let Some(claim) = claim_of(id, invite) {
            if invite.is_approved {
                return InviteStage::Approving;
            }
            return InviteStage::Claimed {
                name: claim.name,
                pictures: pictures_of(invite),
                alarm: invite.claims > 1,
            };
        }
        if self.server_time() >= invite.expires {
            InviteStage::Expired
        } else if invite.is_put {
            InviteStage::Open
        } else {
            InviteStage::Making
        }
    }
}

/// The pictures, once the number has gone out: before, they would be no proof.
fn pictures_of(invite: &KeptInvite) -> Option<[u8; 4]> {
    let claim = invite.claim.as_ref().filter(|_| invite.is_revealed)?;
    let commitment = commit_to_number(&invite.number);
    draw_pictures(&invite.bundle, claim, &invite.number, &commitment).ok()
}

pub(super) fn claim_of(id: InviteId, invite: &KeptInvite) -> Option<Claim> {
    Claim::open(invite.claim.as_ref()?, &invite.link(id)).ok()
}

pub(super) fn intent_of(id: InviteId, invite: &KeptInvite) -> Option<Intent> {
    let claim = claim_of(id, invite)?;
    Some(match (invite.whom, claim.person) {
        (Whom::MyPhone, None) => Intent::AddDevice(claim.keys),
        (Whom::Person { reads_all }, Some(person)) => Intent::AddPerson {
            person,
            keys: claim.keys,
            reads_all,
        },
        _ => return None,
    })
}
