//! The side that comes in.

use super::kept::Ended;
use super::{InviteCall, KeptJoining};
use crate::circle::invite::Offer;
use crate::circle::{CircleView, JoinStage, JoinView, Whom, card};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::{Newcomer, Replica};
use crate::vault::Vault;
use crate::vault::sync::{Outgoing, Progress};
use hearth_protocol::Object;
use hearth_protocol::exchange::{Endpoint, InviteClaim, InviteGet, InviteState};
use hearth_protocol::invite::{
    Anchor, Bundle, Claim, ClaimProof, InviteFor, InviteLink, NotALink, draw_pictures,
};
use hearth_protocol::limits::LONGEST_INVITE_BOX;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Follows a link.
    pub(in crate::vault) async fn read_invite(
        &mut self,
        text: &str,
    ) -> Result<CircleView, Failure> {
        let link = InviteLink::read(text).map_err(|error| match error {
            NotALink::Damaged => Failure::NotALink,
            NotALink::Later => Failure::LaterLink,
        })?;
        let known = self.invites.joining.as_ref();
        // The same link again goes on where it was, unless it had come to an end.
        let goes_on = known.is_some_and(|known| known.id == link.id && known.ended == Ended::Not);
        if !goes_on {
            let replica = self.replica.as_ref();
            if replica.is_some_and(|replica| !replica.is_only_this_phone()) {
                return Err(Failure::SharedAlready);
            }
            self.keep_joining(KeptJoining::new(&link)).await?;
        }
        self.invites.asks.joining = true;
        Ok(self.circle())
    }

    /// Says yes: makes the keys, and the claim that brings them to the inviter.
    pub(in crate::vault) async fn accept_invite(
        &mut self,
        name: &str,
    ) -> Result<CircleView, Failure> {
        let mut joining = self.invites.joining.clone().ok_or(Failure::NotFound)?;
        let bundle = bundle_of(&joining).ok_or(Failure::NotFound)?;
        if joining.claim.is_some() {
            return Ok(self.circle());
        }
        let newcomer = self.newcomer(None)?;
        let me = newcomer.me();
        let is_person = bundle.invite_for == InviteFor::Person.number();
        let claim = Claim::seal(
            &joining.link(),
            newcomer.keys(),
            is_person.then_some(me.person),
            card::tidy_name(name),
            &me.secret.signer,
            self.random()?,
        );
        let claim = claim.map_err(|error| Failure::Malformed(error.to_string()))?;
        joining.newcomer = Some(newcomer.to_bytes().to_vec());
        joining.claim = Some(claim.encode());
        self.keep_joining(joining).await?;
        self.invites.asks.joining = true;
        Ok(self.circle())
    }

    pub(in crate::vault) async fn leave_invite(&mut self) -> Result<CircleView, Failure> {
        self.forget_joining().await?;
        Ok(self.circle())
    }

    pub(super) fn next_joining_call(&mut self) -> Result<Option<Outgoing>, Failure> {
        let Some(joining) = self.invites.joining.clone() else {
            return Ok(None);
        };
        if joining.ended != Ended::Not || joining.anchor.is_some() || !self.invites.asks.joining {
            return Ok(None);
        }
        let proof = joining
            .claim
            .as_deref()
            .and_then(|claim| ClaimProof::from_bytes(claim).ok());
        let (endpoint, body, call) = match (&joining.bundle, proof) {
            (Some(_), None) => return Ok(None),
            (Some(_), Some(claim)) if !joining.is_claimed => {
                let invite = joining.id;
                let body = InviteClaim { invite, claim }.encode();
                (Endpoint::InviteClaim, body, InviteCall::Claim)
            }
            (bundle, _) => {
                self.invites.asks.joining = false;
                let body = InviteGet { invite: joining.id }.encode();
                let call = match bundle {
                    None => InviteCall::Read,
                    Some(_) => InviteCall::Follow,
                };
                (Endpoint::InviteGet, body, call)
            }
        };
        Ok(Some(self.send_unsigned(endpoint, body, call)))
    }

    pub(super) async fn take_joining(
        &mut self,
        call: InviteCall,
        state: Option<InviteState>,
    ) -> Result<Progress, Failure> {
        let Some(mut joining) = self.invites.joining.clone() else {
            return Ok(Progress::GoOn);
        };
        let Some(state) = state else {
            joining.ended = Ended::Gone;
            self.keep_joining(joining).await?;
            return Ok(Progress::GoOn);
        };
        let before = joining.clone();
        match call {
            InviteCall::Read => match Bundle::open(&state.bundle, &joining.link()) {
                Ok(bundle) if bundle.is_expired(self.server_time()) => joining.ended = Ended::Gone,
                Ok(_) => joining.bundle = Some(state.bundle),
                Err(_) => joining.ended = Ended::Unsound,
            },
            InviteCall::Claim => joining.is_claimed = true,
            _ => {}
        }
        if let (true, None, Some(number)) = (joining.is_claimed, joining.number, state.number) {
            joining.number = Some(number);
            if pictures_of(&joining).is_none() {
                joining.ended = Ended::Unsound;
            }
        }
        if let (Some(_), Some(anchor)) = (joining.number, state.anchor) {
            joining.anchor = Some(anchor);
        }
        if joining != before {
            self.keep_joining(joining.clone()).await?;
        }
        if joining.anchor.is_some() && joining.ended == Ended::Not {
            self.come_in(joining).await?;
        }
        Ok(Progress::GoOn)
    }

    /// Approved: this phone takes the circle on. Also after an end between the two steps.
    pub(in crate::vault) async fn come_in_if_approved(&mut self) -> Result<(), Failure> {
        let joining = self.invites.joining.clone();
        match joining.filter(|joining| joining.anchor.is_some() && joining.ended == Ended::Not) {
            Some(joining) => self.come_in(joining).await,
            None => Ok(()),
        }
    }

    async fn come_in(&mut self, mut joining: KeptJoining) -> Result<(), Failure> {
        let newcomer = joining.newcomer.as_deref().and_then(Newcomer::from_bytes);
        let (Some(bundle), Some(newcomer)) = (bundle_of(&joining), newcomer) else {
            return Ok(());
        };
        let anchor = joining.anchor.as_deref().unwrap_or_default();
        let is_sound = Anchor::open(anchor, &joining.link(), &bundle.inviter.signing).is_ok();
        if !is_sound {
            joining.ended = Ended::Unsound;
            return self.keep_joining(joining).await;
        }
        if self
            .replica
            .as_ref()
            .is_none_or(|replica| replica.id() != bundle.circle)
        {
            self.join(bundle.circle, &newcomer).await?;
        }
        Ok(())
    }

    /// After an exchange: whether the circle is the one that the invite spoke of.
    pub(in crate::vault) async fn check_arrival(&mut self) -> Result<(), Failure> {
        let Some(mut joining) = self.invites.joining.clone() else {
            return Ok(());
        };
        let (Some(bundle), Some(anchor)) = (bundle_of(&joining), &joining.anchor) else {
            return Ok(());
        };
        let Some(replica) = self
            .replica
            .as_ref()
            .filter(|replica| replica.id() == bundle.circle)
        else {
            return Ok(());
        };
        let Ok(anchor) = Anchor::open(anchor, &joining.link(), &bundle.inviter.signing) else {
            return Ok(());
        };
        match arrival(replica, &bundle, &anchor) {
            Arrival::NotYet => Ok(()),
            Arrival::Sound => self.forget_joining().await,
            Arrival::Unsound => {
                joining.ended = Ended::Unsound;
                self.keep_joining(joining).await
            }
        }
    }

    pub(in crate::vault) fn join_view(&self) -> Option<JoinView> {
        let joining = self.invites.joining.as_ref()?;
        let bundle = bundle_of(joining);
        let offer = bundle.map(|bundle| Offer {
            by: bundle.inviter_name.clone(),
            whom: match bundle.role.as_str() {
                "reads-all" => Whom::Person { reads_all: true },
                "reads-new" => Whom::Person { reads_all: false },
                _ => Whom::MyPhone,
            },
            expires: bundle.expires,
        });
        let stage = match joining.ended {
            Ended::Gone => JoinStage::Gone,
            Ended::Unsound => JoinStage::Unsound,
            Ended::Not if joining.anchor.is_some() => JoinStage::Arriving,
            Ended::Not => match (pictures_of(joining), &joining.claim, &offer) {
                (Some(pictures), ..) => JoinStage::Comparing { pictures },
                (None, Some(_), _) => JoinStage::Claiming,
                (None, None, Some(_)) => JoinStage::Offered,
                (None, None, None) => JoinStage::Reading,
            },
        };
        Some(JoinView {
            stage,
            offer,
            is_offline: self.invites.asks.is_offline,
        })
    }
}

enum Arrival {
    NotYet,
    Sound,
    Unsound,
}

/// The chain must hold what bundle and anchor name, pin the bundle's server, and give this
/// phone's key to whom the invite said; the logs must reach the anchor's rows.
fn arrival(replica: &Replica, bundle: &Bundle, anchor: &Anchor) -> Arrival {
    let head = replica.control_head();
    if head.seq < anchor.control.seq {
        return Arrival::NotYet;
    }
    let circle = replica.circle();
    let me = replica.me();
    let mine = circle.person(&me.device);
    let theirs = circle.person(&bundle.inviter.id());
    let is_own_phone = bundle.invite_for == InviteFor::Device.number();
    let is_sound = replica.has_entry(&bundle.control)
        && replica.has_entry(&anchor.control)
        && circle
            .server()
            .is_some_and(|server| server.key == bundle.server)
        && mine.is_some()
        && (mine == theirs) == is_own_phone;
    if !is_sound {
        return Arrival::Unsound;
    }
    let mut logs = anchor.streams.iter();
    let has_all = logs.all(|(stream, log, seq, _)| {
        let point = replica.log_point(stream);
        point.is_some_and(|point| point.log != *log || point.seq >= *seq)
    });
    if has_all {
        Arrival::Sound
    } else {
        Arrival::NotYet
    }
}

fn bundle_of(joining: &KeptJoining) -> Option<Bundle> {
    let sealed = joining
        .bundle
        .as_deref()
        .filter(|sealed| sealed.len() <= LONGEST_INVITE_BOX)?;
    Bundle::open(sealed, &joining.link()).ok()
}

/// From the bytes that were kept, never from bytes fetched again.
fn pictures_of(joining: &KeptJoining) -> Option<[u8; 4]> {
    let bundle = bundle_of(joining)?;
    let claim = ClaimProof::from_bytes(joining.claim.as_deref()?).ok()?;
    let sealed = joining.bundle.as_deref()?;
    draw_pictures(sealed, &claim.sealed, &joining.number?, &bundle.commitment).ok()
}
