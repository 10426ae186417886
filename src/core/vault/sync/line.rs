//! The line to the server: what was asked and not answered yet, and what is due.

use super::blobs::{Download, Upload};
use super::room::NoRoom;
use crate::sync::replica::{Leaving, Sent};
use crate::vault::invites::InviteCall;
use hearth_protocol::request::RequestProof;
use hearth_protocol::sorted::{LongMap, LongSet};
use hearth_protocol::{Hash, Millis, VerifyKey};

/// None of it is durable: whatever was on its way when the process ended is asked again.
#[derive(Default)]
pub(in crate::vault) struct Line {
    /// The server's origin, once the phone has one.
    pub(super) origin: Option<String>,
    /// How far the server's clock is ahead of this phone's, in milliseconds.
    pub(super) skew: i64,
    /// The clock is wrong, and nobody is known yet who could be believed about it.
    pub(super) card_is_due: bool,
    /// Numbers calls, so that a late answer is known for one.
    pub(super) calls: u64,
    pub(super) in_flight: Option<InFlight>,
    /// Not all that waited was framed.
    pub(super) is_more_waiting: bool,
    /// The last exchange brought nothing, and something waits to be told all the same.
    pub(super) is_stuck: bool,
    /// Something may be new on the server.
    pub(super) pull_is_due: bool,
    /// When the last exchange was answered, by this phone's clock.
    pub(super) last_exchange: Option<Millis>,
    /// The server answered "not here" so often in a row.
    pub(super) not_here: u32,
    pub(super) upload: Option<Upload>,
    pub(super) download: Option<Download>,
    /// Attachments that the server did not have when they were asked for.
    pub(super) absent: LongSet<[u8; 16]>,
    /// Attachments that the server has signed for, with their hash; without one where it came from
    /// there.
    pub(super) receipts: LongMap<[u8; 16], Option<Hash>>,
    /// Own attachments that are not on this phone: another of this person's devices has them.
    pub(super) elsewhere: LongSet<[u8; 16]>,
    /// Since when the server has no room for photos.
    pub(super) no_room: Option<NoRoom>,
    /// Another server stands where the circle's own was, under this key.
    pub(super) other_server: Option<VerifyKey>,
    /// Whether the network is one that costs nothing by the byte, where the browser tells.
    pub(super) is_wifi: Option<bool>,
    /// Photos stay on either side that would travel, had the person not chosen otherwise.
    pub(super) has_held: bool,
    /// The server had lost some of what it held, and may not have everything again.
    pub(super) has_lost: bool,
}

impl Line {
    pub(super) fn is_exchanging(&self) -> bool {
        let flight = self.in_flight.as_ref();
        flight.is_some_and(|flight| matches!(flight.asked, Asked::Exchange(_)))
    }

    /// Another circle: what was known of the server and its attachments is of the old one.
    pub(super) fn forget_server(&mut self) {
        *self = Self {
            origin: self.origin.take(),
            skew: self.skew,
            calls: self.calls,
            is_wifi: self.is_wifi,
            ..Self::default()
        };
    }
}

/// A call that was made.
pub(super) struct InFlight {
    pub(super) number: u64,
    pub(super) asked: Asked,
    pub(super) proof: Option<RequestProof>,
}

impl Asked {
    /// Whether this phone's device asks; a newcomer is nobody yet.
    pub(super) fn is_signed(&self) -> bool {
        !matches!(
            self,
            Self::Card | Self::Invite(InviteCall::Read | InviteCall::Claim | InviteCall::Follow)
        )
    }
}

/// What it asked.
pub(in crate::vault) enum Asked {
    Card,
    Exchange(Box<Sent>),
    Put,
    Get,
    Invite(InviteCall),
    Hold(Leaving),
    Recover,
}
