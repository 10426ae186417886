//! Beginning a circle: on the phone, without a network and without a question.

use super::rows::{self, Seeds};
use super::{Draw, Effects, Me, Replica, Stream, random};
use crate::ports::NoRandomness;
use hearth_protocol::control::{Act, Circle, EntryDraft, Genesis, SignedEntry, StreamAdded};
use hearth_protocol::grant::commit_to;
use hearth_protocol::{CircleId, Key, PersonId, SortedMap, SortedSet, StreamId};

/// The rules of the control log refused what this build itself made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoundError {
    /// See [`NoRandomness`].
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A fault of this build.
    #[error("the first entries of a circle do not hold")]
    Refused,
}

impl Replica {
    /// A new circle with one person, one device and one stream. Nothing of it has left the
    /// phone; the server is told when there is one.
    ///
    /// # Errors
    /// See [`FoundError`].
    pub fn found(draw: Draw<'_>) -> Result<(Self, Effects), FoundError> {
        let seeds = Seeds {
            signing: random(draw)?,
            sealing: random(draw)?,
            person: PersonId(random(draw)?),
        };
        let me = seeds.me();
        let mut circle = Circle::default();
        let genesis = Act::Genesis(Genesis {
            person: me.person,
            keys: me.secret.keys(),
        });
        let first = append(&mut circle, &me, genesis)?;
        let id = circle.id().ok_or(FoundError::Refused)?;
        let (stream, key) = (StreamId(random(draw)?), Key::new(random(draw)?));
        let added = Act::StreamAdded(StreamAdded {
            stream,
            commit: commit_to(&key, &id, &stream, 1),
        });
        let second = append(&mut circle, &me, added)?;
        let mut effects = Effects::default();
        keep(&mut effects, rows::me(&id, &seeds));
        keep(&mut effects, rows::entry(&id, 1, &first));
        keep(&mut effects, rows::entry(&id, 2, &second));
        keep(&mut effects, rows::epoch_key(&id, &stream, 1, &key));
        let replica = Self {
            keys: SortedMap::from([((stream, 1), key)]),
            streams: SortedMap::from([(stream, Stream::default())]),
            entries: vec![first, second],
            ..Self::empty(id, me, circle)
        };
        Ok((replica, effects))
    }

    pub(super) fn empty(id: CircleId, me: Me, circle: Circle) -> Self {
        Self {
            id,
            me,
            circle,
            entries: Vec::new(),
            confirmed: 0,
            keys: SortedMap::new(),
            streams: SortedMap::new(),
            intents: Vec::new(),
            dropped: Vec::new(),
            asked_of_us: SortedSet::new(),
            trouble: None,
            rekey: None,
            former: SortedSet::new(),
            unsaid: Vec::new(),
            is_held_back: false,
            expected: SortedMap::new(),
        }
    }
}

pub(super) fn keep(effects: &mut Effects, (table, key, value): rows::Row) {
    effects.keep(table, key, value);
}

fn append(circle: &mut Circle, me: &Me, act: Act) -> Result<SignedEntry, FoundError> {
    let head = circle.head();
    let entry = EntryDraft {
        seq: head.seq + 1,
        prev: head.hash,
        signer: me.device,
        acts: vec![act],
    };
    let entry = entry.sign(me.signer());
    circle.apply(&entry).map_err(|_| FoundError::Refused)?;
    Ok(entry)
}
