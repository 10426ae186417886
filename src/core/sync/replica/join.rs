//! Coming into a circle that is there already.

use super::found::keep;
use super::rows::{self, Seeds};
use super::{AnswerError, Draw, Effects, Me, Replica, RowChange, random};
use crate::ports::{NoRandomness, Table};
use hearth_protocol::control::Circle;
use hearth_protocol::log::LogPoint;
use hearth_protocol::{CircleId, DeviceKeys, Hash, LogId, PersonId, StreamId};

/// Fresh keys for a circle that this phone is about to come into. Secret.
#[derive(Clone)]
pub struct Newcomer {
    seeds: Seeds,
}

impl Newcomer {
    /// Draws them.
    ///
    /// # Errors
    /// [`NoRandomness`]
    pub fn new(person: PersonId, draw: Draw<'_>) -> Result<Self, NoRandomness> {
        Ok(Self {
            seeds: Seeds {
                signing: random(draw)?,
                sealing: random(draw)?,
                person,
            },
        })
    }

    /// Who this phone will be.
    #[must_use]
    pub fn me(&self) -> Me {
        self.seeds.me()
    }

    /// What the circle's log has to say of it.
    #[must_use]
    pub fn keys(&self) -> DeviceKeys {
        self.me().secret.keys()
    }

    /// The bytes to keep while the invite is on its way: signing seed, sealing seed, person.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 80] {
        let mut bytes = [0; 80];
        bytes[..32].copy_from_slice(&self.seeds.signing);
        bytes[32..64].copy_from_slice(&self.seeds.sealing);
        bytes[64..].copy_from_slice(&self.seeds.person.0);
        bytes
    }

    /// Reads them.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (signing, rest) = bytes.split_first_chunk()?;
        let (sealing, person) = rest.split_first_chunk()?;
        Some(Self {
            seeds: Seeds {
                signing: *signing,
                sealing: *sealing,
                person: PersonId(person.try_into().ok()?),
            },
        })
    }
}

impl Replica {
    /// A circle that this phone was added to and knows nothing of but its name: the first
    /// exchange brings its chain, the next ones what it may read.
    #[must_use]
    pub fn join(id: CircleId, newcomer: &Newcomer) -> (Self, Effects) {
        let mut effects = Effects::default();
        keep(&mut effects, rows::me(&id, &newcomer.seeds));
        let replica = Self::empty(id, newcomer.me(), Circle::default());
        (replica, effects)
    }

    /// From here on a row counts only if the log that holds it passes through these points:
    /// stream, log, row, running hash. A log of another name says nothing about them.
    pub fn expect_points(&mut self, points: &[(StreamId, LogId, u64, Hash)]) {
        let points = points.iter();
        let points = points.map(|(stream, log, seq, running)| (*stream, (*log, *seq, *running)));
        self.expected = points.collect();
    }

    pub(super) fn check_expected(
        &self,
        stream: &StreamId,
        point: &LogPoint,
    ) -> Result<(), AnswerError> {
        let expected = self.expected.get(stream);
        let is_there = |(log, seq, _): &&(LogId, u64, Hash)| (*log, *seq) == (point.log, point.seq);
        match expected.filter(is_there) {
            Some((_, _, running)) if *running != point.running => Err(AnswerError::Unexpected),
            _ => Ok(()),
        }
    }

    /// Whether nobody else has, or ever had, a key of this circle: what is in it can move into
    /// another circle without anybody missing it.
    #[must_use]
    pub fn is_only_this_phone(&self) -> bool {
        let members = self.circle.members().count();
        members <= 1
            && self
                .circle
                .devices(&self.me.person)
                .all(|id| id == self.me.device)
    }

    /// What forgets this circle on this phone, given the keys of all rows of the engine.
    pub fn forget_rows(&self, circles: &[Vec<u8>], frames: &[Vec<u8>]) -> Vec<RowChange> {
        let forget = |table| {
            move |key: &Vec<u8>| RowChange {
                table,
                key: key.clone(),
                value: None,
            }
        };
        let small = circles.iter().filter(|key| rows::is_of(key, &self.id));
        let frames = frames.iter().filter(|key| self.owns(key));
        let small = small.map(forget(Table::Circles));
        small.chain(frames.map(forget(Table::Frames))).collect()
    }
}
