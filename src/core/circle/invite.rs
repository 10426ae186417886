//! Invites as both sides see them.

use hearth_protocol::{InviteId, Millis};
use serde::{Deserialize, Serialize};

/// For whom an invite is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whom {
    /// Another phone of the same person: it becomes theirs and reads everything.
    MyPhone,
    /// Somebody else.
    Person {
        /// Whether they read what was told before they came.
        reads_all: bool,
    },
}

/// An invite that this phone made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    /// Which.
    pub id: InviteId,
    /// For whom.
    pub whom: Whom,
    /// The link: it is the key, so it is shown to nobody else.
    pub link: String,
    /// Until when it can be followed, in milliseconds since 1970.
    pub expires: Millis,
    /// How it stands.
    pub stage: InviteStage,
}

/// How an invite stands on the phone that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InviteStage {
    /// The server does not have it yet: the link leads nowhere until it has.
    Making,
    /// It can be followed.
    Open,
    /// Somebody follows it: compare the pictures with theirs.
    Claimed {
        /// What they, or their phone, call themselves.
        name: String,
        /// Places in the protocol's list of pictures; `None` until they are drawn.
        pictures: Option<[u8; 4]>,
        /// Somebody else followed the link as well: stop, unless it is known who.
        alarm: bool,
    },
    /// Approved here, and on its way into the circle.
    Approving,
    /// They are in.
    Done,
    /// Nobody followed it in time.
    Expired,
    /// Somebody followed it, and the server does not have it any more.
    Gone,
    /// The circle does not take them: too many phones, or this person may not let them in.
    Refused,
}

/// An invite that this phone follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinView {
    /// How it stands.
    pub stage: JoinStage,
    /// What the invite says, once it was read.
    pub offer: Option<Offer>,
    /// The server was not reached at the last try; it is tried again.
    pub is_offline: bool,
}

/// What an invite says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who invites; may be empty.
    pub by: String,
    /// For whom it is.
    pub whom: Whom,
    /// Until when it can be followed, in milliseconds since 1970.
    pub expires: Millis,
}

/// How it stands on the phone that follows an invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JoinStage {
    /// The invite is being fetched.
    Reading,
    /// It was read: do you want to come in?
    Offered,
    /// Told the other phone; waiting for it to answer.
    Claiming,
    /// Compare these pictures with the other phone's. Both have to say that they are the same.
    Comparing {
        /// Places in the protocol's list of pictures.
        pictures: [u8; 4],
        /// Said so here: waiting for the other phone.
        is_confirmed: bool,
    },
    /// Both said so: the first records are on their way.
    Arriving {
        /// Nothing of this phone has moved yet: it can still be left.
        may_stop: bool,
    },
    /// It was used, taken back, has run out, or never was.
    Gone,
    /// What came does not fit what the invite fixed, or the pictures differ: somebody may be in
    /// between. Nothing is sent.
    Unsound,
    /// Others came into this phone's own circle meanwhile: it stays there.
    SharedAlready,
}
