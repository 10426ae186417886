//! One entry for every request of the protocol: who asks, what for, and the answer's bytes.
//!
//! HTTP, the simulation and the tests come in by the same door. Nothing here knows of sockets, clocks or tasks: time and
//! randomness are inputs, and what waits, waits on the [`Database`] alone.

use std::sync::Arc;

use hearth_protocol::exchange::{Endpoint, ServerCard};
use hearth_protocol::form::Object as _;
use hearth_protocol::{CircleId, DeviceId, Millis, Sign as _};

use crate::db::Database;
use crate::identity::Identity;
use crate::journal::Journal;

mod caller;
mod circles;
mod message;
mod random;
mod refusal;
mod settings;

pub use random::{NoRandom, OsRandom, Random};
pub use settings::{Founders, Settings};

pub(crate) use caller::{Caller, NO_CIRCLE};
pub(crate) use circles::{Circles, Known};
pub(crate) use message::{peek_invite, peek_key, read_message};
pub(crate) use refusal::No;

/// A request, as it came.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What for.
    pub endpoint: Endpoint,
    /// The address under which the caller knows this server, as a browser writes an origin.
    pub origin: &'a str,
    /// In capitals.
    pub method: &'a str,
    /// With its query, as sent.
    pub path: &'a str,
    /// The value of the header [`hearth_protocol::request::REQUEST_HEADER`].
    pub proof: Option<&'a str>,
    /// The bytes of the body.
    pub body: &'a [u8],
}

/// What to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status. Where it is not 200 or 401, the body is plain words.
    pub status: u16,
    /// The bytes of the body.
    pub body: Vec<u8>,
    /// The circle in which something is new, for whoever listens to it.
    pub changed: Option<CircleId>,
}

/// Who may be told of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listener {
    /// Of which circle.
    pub circle: CircleId,
    /// To which device.
    pub device: DeviceId,
}

/// The server without its sockets.
///
/// A simulation drives it like this, on any executor that polls a future to its end; no runtime is needed with
/// [`crate::db::MemoryDatabase`], whose futures are ready at once. Clones of it and of the database share their state;
/// a restarted server is a new `Api` over the same database, a restored one a new `Api` over an older
/// [`crate::db::MemoryDatabase::snapshot`].
///
/// ```
/// # use hearth_server::api::{Api, Asked, NoRandom, Random, Settings};
/// # use hearth_server::db::MemoryDatabase;
/// # use hearth_server::identity::{Identity, IdentityRecord};
/// # use hearth_protocol::exchange::Endpoint;
/// struct Seeded(u8);
/// impl Random for Seeded {
///     fn draw(&mut self) -> Result<[u8; 16], NoRandom> {
///         self.0 += 1;
///         Ok([self.0; 16])
///     }
/// }
/// # async fn drive() {
/// let identity = Identity::new(&IdentityRecord { id: [1; 16], seed: [2; 32] });
/// let api = Api::new(MemoryDatabase::default(), identity, Settings::default());
/// let asked = Asked { endpoint: Endpoint::Server, origin: "https://a.example", method: "POST", path: "/api/server", proof: None, body: &[] };
/// let answered = api.answer(asked, 1_000, &mut Seeded(0)).await;
/// assert_eq!(answered.status, 200);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Api<D> {
    pub(crate) database: D,
    pub(crate) identity: Arc<Identity>,
    pub(crate) settings: Settings,
    pub(crate) circles: Circles,
    pub(crate) journal: Option<Arc<dyn Journal>>,
}

impl<D: Database> Api<D> {
    /// A server over this database, without a journal.
    #[must_use]
    pub fn new(database: D, identity: impl Into<Arc<Identity>>, settings: Settings) -> Self {
        Self {
            database,
            identity: identity.into(),
            settings,
            circles: Circles::default(),
            journal: None,
        }
    }

    /// The same, with a journal that entries and erasures are written to before they are acknowledged.
    #[must_use]
    pub fn with_journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// Answers one request. `now` is the server's clock.
    pub async fn answer(
        &self,
        asked: Asked<'_>,
        now: Millis,
        random: &mut impl Random,
    ) -> Answered {
        let mut changed = None;
        let outcome = match asked.endpoint {
            Endpoint::Server => Ok(self.show_card(now)),
            Endpoint::Exchange => self.exchange(&asked, now, random, &mut changed).await,
            Endpoint::Live => self.listen(&asked, now).await.map(|_| Vec::new()),
            Endpoint::Hold => self.hold(&asked, now).await,
            Endpoint::BlobPut => self.put_blob(&asked, now, &mut changed).await,
            Endpoint::BlobGet => self.get_blob(&asked, now).await,
            Endpoint::InvitePut => self.put_invite(&asked, now).await,
            Endpoint::InviteGet => self.get_invite(&asked, now).await,
            Endpoint::InviteClaim => self.claim_invite(&asked, now, &mut changed).await,
            Endpoint::InviteReveal => self.reveal_invite(&asked, now).await,
            Endpoint::InviteApprove => self.approve_invite(&asked, now).await,
            Endpoint::Recover => self.recover(&asked, now).await,
        };
        let (status, body) = match outcome {
            Ok(body) => (200, body),
            Err(no) => no.answer(),
        };
        Answered {
            status,
            body,
            changed,
        }
    }

    fn show_card(&self, now: Millis) -> Vec<u8> {
        ServerCard {
            key: self.identity.verify_key(),
            time: now,
        }
        .encode()
    }
}
