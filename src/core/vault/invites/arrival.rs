//! Whether the circle that this phone has come into is the one that its invite spoke of. Until
//! the chain says so nothing of this phone is told there; where it says otherwise, nothing is
//! sent at all.

use super::KeptJoining;
use super::joining::bundle_of;
use super::kept::Ended;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store};
use crate::sync::replica::{Newcomer, Replica};
use crate::vault::Vault;
use hearth_protocol::PersonId;
use hearth_protocol::invite::{Anchor, Bundle, InviteFor};

enum Arrival {
    NotYet,
    Sound,
    Unsound,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Whether this phone is in the circle that this invite leads into, by the keys of its claim:
    /// a bundle could name the circle that this phone began.
    pub(super) fn has_come_in(&self, joining: &KeptJoining) -> bool {
        let newcomer = joining.newcomer.as_deref().and_then(Newcomer::from_bytes);
        let (Some(replica), Some(newcomer), Some(bundle)) =
            (&self.replica, newcomer, bundle_of(joining))
        else {
            return false;
        };
        let claimed = newcomer.me().device;
        let is_its = replica.me().device == claimed || replica.was(&claimed);
        is_its && replica.id() == bundle.circle && joining.anchor.is_some()
    }

    /// Both sides said yes. A phone that came in before they were both asked is in.
    pub(super) fn is_arriving(&self, joining: &KeptJoining) -> bool {
        joining.anchor.is_some() && joining.is_confirmed || self.has_come_in(joining)
    }

    /// Whether this phone has come in and told nothing there, or must not go on telling.
    pub(super) fn may_leave(&self, joining: &KeptJoining) -> bool {
        let is_proven = matches!(self.chain_of(joining), Some(Arrival::Sound));
        self.has_come_in(joining) && (joining.ended == Ended::Unsound || !is_proven)
    }

    /// Whether the circle is proven as far as what is told here needs it: what this phone says
    /// goes to nobody whom the invite did not name.
    pub(in crate::vault) fn may_tell(&self) -> bool {
        let joining = self.invites.joining.as_ref();
        joining.is_none_or(|joining| {
            let is_proven = matches!(self.chain_of(joining), Some(Arrival::Sound));
            !self.has_come_in(joining) || joining.ended == Ended::Not && is_proven
        })
    }

    /// Whether this phone is in a circle that is not the one of its invite.
    pub(in crate::vault) fn is_astray(&self) -> bool {
        let joining = self.invites.joining.as_ref();
        joining.is_some_and(|joining| joining.ended == Ended::Unsound && self.has_come_in(joining))
    }

    /// From here on no row counts that contradicts the anchor.
    pub(super) fn expect_anchor(&mut self) {
        let joining = self.invites.joining.as_ref();
        let joining = joining.filter(|joining| self.has_come_in(joining));
        let anchor = joining.and_then(anchor_of).map(|(_, anchor)| anchor);
        if let (Some(anchor), Some(replica)) = (anchor, &mut self.replica) {
            replica.expect_points(&anchor.streams);
        }
    }

    /// After an exchange: whether the circle is the one that the invite spoke of.
    pub(in crate::vault) async fn check_arrival(&mut self) -> Result<(), Failure> {
        let joining = self.invites.joining.as_ref();
        let joining = joining.filter(|joining| joining.ended == Ended::Not);
        let (Some(joining), Some(replica)) = (joining, &self.replica) else {
            return Ok(());
        };
        let Some((_, anchor)) = anchor_of(joining).filter(|_| self.has_come_in(joining)) else {
            return Ok(());
        };
        match self.chain_of(joining) {
            Some(Arrival::Unsound) => self.go_astray().await,
            Some(Arrival::Sound) if has_logs(replica, &anchor) => self.forget_joining().await,
            _ => Ok(()),
        }
    }

    /// Says in the chain that this phone is here, once nothing is left to prove about the circle.
    pub(in crate::vault) fn intend_arrival(&mut self) {
        let joining = self.invites.joining.as_ref();
        let is_proving = joining.is_some_and(|joining| self.has_come_in(joining));
        if !is_proving && let Some(replica) = &mut self.replica {
            replica.intend_arrival();
        }
    }

    /// What came is not what the invite spoke of: nothing more is sent.
    pub(in crate::vault) async fn go_astray(&mut self) -> Result<(), Failure> {
        let Some(mut joining) = self.invites.joining.clone() else {
            return Ok(());
        };
        joining.ended = Ended::Unsound;
        self.shown += 1;
        self.keep_joining(joining).await
    }

    fn chain_of(&self, joining: &KeptJoining) -> Option<Arrival> {
        let (bundle, anchor) = anchor_of(joining)?;
        let newcomer = Newcomer::from_bytes(joining.newcomer.as_deref()?)?;
        let replica = self.replica.as_ref()?;
        let claimed = newcomer.me().person;
        Some(check_chain(replica, &bundle, &anchor, claimed))
    }
}

fn anchor_of(joining: &KeptJoining) -> Option<(Bundle, Anchor)> {
    let bundle = bundle_of(joining)?;
    let sealed = joining.anchor.as_deref()?;
    let anchor = Anchor::open(sealed, &joining.link(), &bundle.inviter.signing).ok()?;
    Some((bundle, anchor))
}

/// The chain must hold what bundle and anchor name, pin the bundle's server, and give this
/// phone's key to whom the invite said: the inviter, or the person that the claim named.
fn check_chain(replica: &Replica, bundle: &Bundle, anchor: &Anchor, claimed: PersonId) -> Arrival {
    if replica.control_head().seq < anchor.control.seq {
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
        && match is_own_phone {
            true => mine == theirs,
            false => mine == Some(claimed) && mine != theirs,
        };
    if is_sound {
        Arrival::Sound
    } else {
        Arrival::Unsound
    }
}

/// Whether the logs reach the anchor's rows. In a log of the anchor's name the running hash was
/// the same there, or its rows would not have counted. One of another name belongs to a server
/// that went back: it is told again what it lacks, and counts once it is as long as it was.
fn has_logs(replica: &Replica, anchor: &Anchor) -> bool {
    let mut logs = anchor.streams.iter();
    logs.all(|(stream, _, seq, _)| {
        let point = replica.log_point(stream);
        point.is_some_and(|point| point.seq >= *seq)
    })
}
