//! One circle as this phone has it: its control log, its keys, and how far each stream is known.
//!
//! A state machine without input and output. It is told answers and given random bytes; what it
//! wants kept it hands back as [`Effects`], and whoever drives it makes those durable before
//! anything else happens. Where that fails, the replica is read again from what is durable, so
//! no half step is ever built upon.

mod acts;
mod answer;
mod arriving;
mod asked;
mod control;
mod effects;
mod erase;
mod found;
mod framing;
mod grants;
mod join;
mod late;
mod load;
mod pull;
mod push;
mod readers;
mod rekey;
mod removal;
mod repair;
mod request;
mod rows;
#[cfg(feature = "testing")]
mod testing;
mod words;

pub use acts::Intent;
pub use answer::{AnswerError, Trouble};
pub use effects::{Effects, FrameName, OpenedChange, OpenedFrame, RowChange};
pub use erase::Losing;
pub use found::FoundError;
pub use framing::{Waiting, WaitingError};
pub use join::Newcomer;
pub use load::{DamagedFrame, Loader};
pub use readers::Epochs;
pub use rekey::Strip;
pub use removal::{CutsDiffer, Leaving};
pub use request::{KeptFrame, Sent};
pub use words::OwnWords;

use super::merge::{SeenIndex, SeenVector};
use crate::ports::NoRandomness;
use hearth_protocol::control::{Circle, ControlHead, SignedEntry, Standing};
use hearth_protocol::frame::{ChainPoint, Frame, Place};
use hearth_protocol::log::{LogPoint, SignedHead};
use hearth_protocol::sorted::{LongMap, LongSet};
use hearth_protocol::{
    CircleId, DeviceId, DeviceSecret, Hash, Key, LogId, PersonId, Sign, SortedMap, SortedSet,
    StreamId, VerifyKey,
};
use std::rc::Rc;

/// Where the replica gets its random bytes.
pub type Draw<'a> = &'a dyn Fn(&mut [u8]) -> Result<(), NoRandomness>;

/// This phone's copy of one circle.
pub struct Replica {
    id: CircleId,
    me: Me,
    circle: Circle,
    /// Every entry, in order: a server that lost the circle gets them again.
    entries: Vec<SignedEntry>,
    /// How many of them a server is known to have.
    confirmed: u64,
    keys: SortedMap<(StreamId, u64), Key>,
    streams: SortedMap<StreamId, Stream>,
    /// What is to be appended to the control log, the first one first.
    intents: Vec<Intent>,
    /// Of those, the ones that were fulfilled otherwise or that the rules refuse.
    dropped: Vec<Intent>,
    /// Keys that others asked for.
    asked_of_us: SortedSet<(DeviceId, StreamId, u64)>,
    trouble: Option<Trouble>,
    /// A change of this device's keys on its way.
    rekey: Option<rekey::Rekey>,
    /// Devices that this store was.
    former: SortedSet<DeviceId>,
    /// Own frames that no server took and that erase, until they are told under new keys.
    unsaid: Vec<framing::Unsaid>,
    /// Own frames wait for a removal that goes first.
    is_held_back: bool,
    /// Points of logs that somebody trusted has named: see [`Replica::expect_points`].
    expected: SortedMap<StreamId, (LogId, u64, Hash)>,
}

/// Who this phone is in the circle.
#[derive(Clone, Debug)]
pub struct Me {
    /// The device's keys.
    pub secret: DeviceSecret,
    /// Its name.
    pub device: DeviceId,
    /// Whose device it is.
    pub person: PersonId,
}

/// How far one stream is known here.
#[derive(Default)]
struct Stream {
    /// The newest header of each device.
    chains: SortedMap<DeviceId, ChainPoint>,
    /// Every header that is chained here.
    headers: LongMap<(DeviceId, u64), Hash>,
    /// The epoch that each frame with a place in the server's order is sealed under.
    epochs: LongMap<(DeviceId, u64), u64>,
    /// What each author had seen.
    seen: SeenIndex,
    /// How far the server's order is known.
    have: Option<LogPoint>,
    /// The newest head that proved it.
    shown: Option<SignedHead>,
    /// Our own frames that have no place in that order yet, by number.
    outbox: LongMap<u64, Frame>,
    /// The redacted bodies that go with own erase frames, by the erase frame's number.
    bodies: LongMap<u64, Redacted>,
    /// The server had no room for one of them.
    is_full: bool,
    /// Up to which of them the server answered that it has them.
    answered: u64,
    /// Frames of other devices without a place in that order, out of a backup.
    strays: LongMap<(DeviceId, u64), Frame>,
    /// Frames that did not open: the key or a control entry is missing.
    closed: LongSet<(DeviceId, u64)>,
    /// Frames to ask for by name.
    missing: LongSet<(DeviceId, u64)>,
    /// Bodies that an erase frame of somebody else took away, and the hash of what replaces them.
    redactions: LongMap<(DeviceId, u64), Hash>,
    /// Every body that a valid erase frame names for a frame. Where two were erased at once, the
    /// server has the one that came last there, and a server that went back perhaps the other.
    substitutes: LongMap<(DeviceId, u64), SortedSet<Hash>>,
    /// While frames are read from the store: what erase frames among them took away, and which
    /// frames have lost something already.
    recalled: Recalled,
    /// Where the server went back.
    repair: Option<repair::Repair>,
    /// The newest frame of each device in the log of a server that went back, while that is
    /// being read from its first row: what is known here and was not among it is lacking there.
    anew: Option<SortedMap<DeviceId, u64>>,
    /// The server answered that there is more.
    has_more: bool,
}

impl Replica {
    /// The circle's name.
    #[must_use]
    pub fn id(&self) -> CircleId {
        self.id
    }

    /// Who this phone is in it.
    #[must_use]
    pub fn me(&self) -> &Me {
        &self.me
    }

    /// The circle as its entries made it.
    #[must_use]
    pub fn circle(&self) -> &Circle {
        &self.circle
    }

    /// What keeps this phone from sending, if anything does. Saving goes on regardless.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The stream that new records go to: the first one that this person may write.
    #[must_use]
    pub fn home_stream(&self) -> Option<StreamId> {
        let mut members = self.circle.members();
        let (_, rights) = members.find(|(person, _)| *person == self.me.person)?;
        let writable = rights.streams.iter().find(|right| right.write);
        writable.map(|right| right.stream)
    }

    /// The server's pinned key, once it was told.
    #[must_use]
    pub fn server_key(&self) -> Option<VerifyKey> {
        self.circle.server().map(|server| server.key)
    }

    /// Whether a server is known to have this circle.
    #[must_use]
    pub fn is_known_to_server(&self) -> bool {
        self.confirmed > 0
    }

    /// Whether this person manages the circle from this phone: a recovery key manages nothing.
    #[must_use]
    pub fn is_manager(&self) -> bool {
        if self.circle.is_recovery(&self.me.device) {
            return false;
        }
        let mut members = self.circle.members();
        let own = members.find(|(person, _)| *person == self.me.person);
        own.is_some_and(|(_, rights)| rights.manage)
    }

    /// Whether the chain is known and names no server, and none is on its way into it. A circle
    /// that was joined and not heard of yet has a server: the one that was just asked.
    #[must_use]
    pub fn needs_server(&self) -> bool {
        let is_known = self.circle.id().is_some();
        is_known && self.server_key().is_none() && !self.intends_server()
    }

    /// Whether the chain holds this entry.
    #[must_use]
    pub fn has_entry(&self, head: &ControlHead) -> bool {
        let place = usize::try_from(head.seq)
            .ok()
            .and_then(|seq| seq.checked_sub(1));
        let entry = place.and_then(|place| self.entries.get(place)?.read().ok());
        entry.is_some_and(|entry| entry.head == *head)
    }

    /// Whether naming the server is on its way into the chain.
    #[must_use]
    pub fn intends_server(&self) -> bool {
        let mut intents = self.intents.iter();
        intents.any(|intent| matches!(intent, Intent::SetServer { .. }))
    }

    /// The server's key as the chain has it, or as it will have it.
    #[must_use]
    pub fn expected_server_key(&self) -> Option<VerifyKey> {
        let intended = self.intents.iter().find_map(|intent| match intent {
            Intent::SetServer { key, .. } => Some(*key),
            _ => None,
        });
        self.server_key().or(intended)
    }

    /// How far the control log is known here.
    #[must_use]
    pub fn control_head(&self) -> ControlHead {
        self.circle.head()
    }

    /// How far the server's order of a stream is known here, proven by its signature.
    #[must_use]
    pub fn log_point(&self, stream: &StreamId) -> Option<&LogPoint> {
        self.streams.get(stream)?.have.as_ref()
    }

    /// What the author of a frame had seen.
    #[must_use]
    pub fn seen_by(&mut self, name: &FrameName) -> Option<Rc<SeenVector>> {
        let stream = self.streams.get_mut(&name.stream)?;
        stream.seen.vector(name.device, name.dev_seq)
    }

    /// Own frames that a server has not taken a place for yet.
    #[must_use]
    pub fn outbox_len(&self) -> usize {
        self.streams
            .values()
            .map(|stream| stream.outbox.len())
            .sum()
    }

    /// Whether anything at all waits to be told to the server or asked of it, apart from news.
    #[must_use]
    pub fn has_business(&self) -> bool {
        let is_open = self.trouble.is_none() && self.circle.standing() == Standing::Open;
        let of_stream = |(id, stream): (&StreamId, &Stream)| {
            stream.has_more
                || self.is_telling(id)
                || !stream.missing.is_empty()
                || is_open && self.may_write(id) && stream.has_unsent()
        };
        self.confirmed < self.entries.len() as u64
            || is_open && self.is_waiting_for_keys()
            || is_open && !self.intents.is_empty()
            || !self.asked_of_us.is_empty()
            || self.streams.iter().any(of_stream)
    }

    fn place(&self, stream: StreamId) -> Place {
        Place {
            circle: self.id,
            stream,
        }
    }

    fn may_write(&self, stream: &StreamId) -> bool {
        let mut members = self.circle.members();
        let rights = members.find(|(person, _)| *person == self.me.person);
        let right = rights.and_then(|(_, rights)| rights.on(stream));
        right.is_some_and(|right| right.write)
    }
}

impl Me {
    /// The device with these keys, of this person.
    #[must_use]
    pub fn new(secret: DeviceSecret, person: PersonId) -> Self {
        Self {
            device: secret.id(),
            secret,
            person,
        }
    }

    fn signer(&self) -> &impl Sign {
        &self.secret.signer
    }
}

/// What is known of erasures while frames are read from the store, in whatever order.
#[derive(Default)]
struct Recalled {
    named: LongMap<(DeviceId, u64), Hash>,
    done: LongSet<(DeviceId, u64)>,
}

/// Redacted bodies, by the header hash of their frames.
type Redacted = Vec<(Hash, Vec<u8>)>;

fn random<const N: usize>(draw: Draw<'_>) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    draw(&mut bytes)?;
    Ok(bytes)
}
