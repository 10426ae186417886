//! Where the messages go.

use crate::clock::Millis;
use crate::form::object;
use crate::id::CircleId;
use crate::key::VerifyKey;

/// The body of every "no": unknown, forbidden, revoked and missing all answer this, with
/// status 404.
pub const NOT_HERE: &[u8] = b"not here";

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)+) => {
        /// The addresses of the API; each takes a `POST`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Endpoint {
            $($(#[$doc])* $name,)+
        }

        impl Endpoint {
            /// Every endpoint, in the order of `docs/protocol.md`.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its path.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }
        }
    };
}

endpoints! {
    /// No body; answers [`ServerCard`].
    Server = "/api/server",
    /// [`super::ExchangeRequest`], [`super::ExchangeAnswer`].
    Exchange = "/api/exchange",
    /// [`LiveRequest`]; answers server-sent events, each a hint to pull.
    Live = "/api/live",
    /// [`super::HoldRequest`], [`super::HoldAnswer`].
    Hold = "/api/hold",
    /// [`super::BlobPut`], [`super::BlobPutAnswer`].
    BlobPut = "/api/blob/put",
    /// [`super::BlobGet`], [`super::BlobGetAnswer`].
    BlobGet = "/api/blob/get",
    /// [`super::InvitePut`], [`super::InviteState`].
    InvitePut = "/api/invite/put",
    /// [`super::InviteGet`], [`super::InviteState`].
    InviteGet = "/api/invite/get",
    /// [`super::InviteClaim`], [`super::InviteState`].
    InviteClaim = "/api/invite/claim",
    /// [`super::InviteReveal`], [`super::InviteState`].
    InviteReveal = "/api/invite/reveal",
    /// [`super::InviteApprove`], [`super::InviteState`].
    InviteApprove = "/api/invite/approve",
    /// [`super::RecoveryFind`], [`super::RecoveryFound`].
    Recover = "/api/recover",
}

object! {
    /// What a server says of itself to who has no circle there yet.
    pub struct ServerCard, "server card" {
        /// Verifies its heads and receipts; the founder pins it with ServerSet.
        key: VerifyKey = 1,
        /// Its time.
        time: Millis = 2,
    }
}

object! {
    /// Asks to be told when something is new.
    pub struct LiveRequest, "live request" {
        /// Which circle.
        circle: CircleId = 1,
    }
}
