//! The side that comes in.

use super::kept::{Ended, end_joining};
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
            let is_only_this_phone = |replica: &Replica| replica.is_only_this_phone();
            let is_alone = self.replica.as_ref().is_none_or(is_only_this_phone);
            if !is_alone || known.is_some_and(|known| self.has_come_in(known)) {
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
        self.check_may_move()?;
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

    /// The person saw these pictures on both phones. Only this lets the phone's own things move,
    /// whatever the other side has said before.
    pub(in crate::vault) async fn confirm_join(
        &mut self,
        seen: [u8; 4],
    ) -> Result<CircleView, Failure> {
        let mut joining = self.compared().ok_or(Failure::NotFound)?;
        if pictures_of(&joining) != Some(seen) {
            return Err(Failure::NotFound);
        }
        self.check_may_move()?;
        joining.is_confirmed = true;
        self.keep_joining(joining).await?;
        self.invites.asks.joining = true;
        Ok(self.circle())
    }

    /// The person saw other pictures there: somebody may be in between.
    pub(in crate::vault) async fn refuse_join(&mut self) -> Result<CircleView, Failure> {
        let mut joining = self.compared().ok_or(Failure::NotFound)?;
        joining.ended = Ended::Unsound;
        self.keep_joining(joining).await?;
        Ok(self.circle())
    }

    /// The invite whose pictures are being compared; nothing of this phone has moved for it.
    fn compared(&self) -> Option<KeptJoining> {
        let joining = self.invites.joining.clone()?;
        let is_on = joining.ended == Ended::Not && !self.has_come_in(&joining);
        (is_on && pictures_of(&joining).is_some()).then_some(joining)
    }

    /// Whether this phone's own circle can still move into another one.
    fn check_may_move(&self) -> Result<(), Failure> {
        if self.is_letting_in() {
            return Err(Failure::LettingIn);
        }
        if self.is_coming_back() {
            return Err(Failure::JoiningElsewhere);
        }
        let is_alone = |replica: &Replica| replica.is_only_this_phone();
        let is_alone = self.replica.as_ref().is_none_or(is_alone);
        is_alone.then_some(()).ok_or(Failure::SharedAlready)
    }

    /// Whether an invite leads to where this phone is: its own, or one that names its circle.
    fn is_own(&self, bundle: &Bundle) -> bool {
        let replica = self.replica.as_ref();
        replica.is_some_and(|replica| replica.id() == bundle.circle)
    }

    /// Whether this phone follows an invite that has not come to its end.
    pub(in crate::vault) fn is_joining(&self) -> bool {
        let joining = self.invites.joining.as_ref();
        joining.is_some_and(|joining| joining.ended == Ended::Not && joining.claim.is_some())
    }

    /// Whether a claim of this phone is on its way.
    pub(super) fn is_asking_elsewhere(&self) -> bool {
        let joining = self.invites.joining.as_ref();
        joining.is_some_and(|joining| {
            joining.ended == Ended::Not && joining.claim.is_some() && !self.has_come_in(joining)
        })
    }

    /// Stops following an invite. Who has come in stays, unless the circle is not proven to be
    /// the one of the invite: then it is left with all that came from it.
    pub(in crate::vault) async fn leave_invite(&mut self) -> Result<CircleView, Failure> {
        let Some(joining) = &self.invites.joining else {
            return Ok(self.circle());
        };
        if !self.has_come_in(joining) {
            self.forget_joining().await?;
            return Ok(self.circle());
        }
        if !self.may_leave(joining) {
            return Err(Failure::SharedAlready);
        }
        self.leave_joined_circle(end_joining()).await?;
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
                Ok(bundle) if self.is_own(&bundle) => joining.ended = Ended::SharedAlready,
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
            self.keep_joining(joining).await?;
        }
        self.come_in_if_approved().await?;
        Ok(Progress::GoOn)
    }

    /// Both said that the pictures are the same: this phone takes the circle on. Also after an end
    /// between the two steps.
    pub(in crate::vault) async fn come_in_if_approved(&mut self) -> Result<(), Failure> {
        let joining = self.invites.joining.as_ref();
        let is_approved = |joining: &&KeptJoining| {
            let is_agreed = joining.anchor.is_some() && joining.is_confirmed;
            is_agreed && joining.ended == Ended::Not && !self.has_come_in(joining)
        };
        match joining.filter(is_approved).cloned() {
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
        if self.is_own(&bundle) {
            joining.ended = Ended::SharedAlready;
            return self.keep_joining(joining).await;
        }
        match self.join(bundle.circle, &newcomer).await {
            // It would be so at every try: the circle here stays, and sending goes on.
            Err(Failure::SharedAlready) => {
                joining.ended = Ended::SharedAlready;
                self.keep_joining(joining).await
            }
            tried => tried,
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
            Ended::SharedAlready => JoinStage::SharedAlready,
            Ended::Not if self.is_arriving(joining) => JoinStage::Arriving {
                may_stop: !self.has_come_in(joining) || self.may_leave(joining),
            },
            Ended::Not => match (pictures_of(joining), &joining.claim, &offer) {
                (Some(pictures), ..) => JoinStage::Comparing {
                    pictures,
                    is_confirmed: joining.is_confirmed,
                },
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

pub(super) fn bundle_of(joining: &KeptJoining) -> Option<Bundle> {
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
