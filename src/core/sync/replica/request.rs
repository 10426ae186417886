//! What an exchange asks: our frames and entries go, what is new comes.

use super::acts::Prepared;
use super::control::group_grants;
use super::{Draw, FrameName, Intent, Replica};
use crate::ports::NoRandomness;
use hearth_protocol::control::{ControlHead, SignedEntry};
use hearth_protocol::exchange::{ExchangeRequest, NewEntry, PushedFrame, StreamRequest};
use hearth_protocol::limits::LONGEST_EXCHANGE;
use hearth_protocol::sorted::{LongSet, gather};
use hearth_protocol::{DeviceId, SortedMap, SortedSet, StreamId, VerifyKey};

/// Bytes of a request that are not frames: entries, grants, points, forms.
const OVERHEAD: usize = 192 * 1024;

/// What a request held, for reading its answer.
pub struct Sent {
    pub(super) entries: Vec<SignedEntry>,
    pub(super) intent: Option<Prepared>,
    pub(super) frames: SortedMap<StreamId, Vec<Pushed>>,
    pub(super) grants: SortedSet<(DeviceId, StreamId, u64)>,
    pub(super) asked: SortedMap<StreamId, LongSet<(DeviceId, u64)>>,
}

/// A frame that was pushed.
pub(super) struct Pushed {
    pub(super) device: DeviceId,
    pub(super) dev_seq: u64,
    pub(super) again: bool,
    pub(super) frame: Vec<u8>,
}

/// A frame out of the store, for a server that lacks it.
pub type KeptFrame = (FrameName, Vec<u8>);

impl Replica {
    /// What to ask the server now. `again` are frames that a server which went back lacks, as
    /// [`Replica::lacking`] named them.
    ///
    /// # Errors
    /// [`NoRandomness`]
    pub fn request(
        &mut self,
        again: Vec<KeptFrame>,
        draw: Draw<'_>,
    ) -> Result<(ExchangeRequest, Sent), NoRandomness> {
        self.intend_new_keys();
        let entries: Vec<SignedEntry> = self.unconfirmed().to_vec();
        // An entry of ours goes on top of a chain that the server has whole; to one that is not the
        // circle's yet only together with the chain.
        let is_on_top = entries.len() <= FOUNDING || self.is_moving();
        let intent = if is_on_top && self.trouble.is_none() {
            self.prepare_entry(draw)?
        } else {
            None
        };
        let own = self.own_intent().filter(|_| self.server_key().is_some());
        if own.is_some_and(|own| intent.is_none() && !self.intends(&own)) {
            self.note_refused_keys();
        }
        let debts = self.asked_of_us.iter().copied();
        let held = |name: &(StreamId, u64)| self.keys.get(name).cloned();
        let grants = group_grants(self.id, &self.circle, debts, held, draw)?;
        let mut sent = Sent {
            entries: entries.clone(),
            intent: None,
            frames: SortedMap::new(),
            grants: self.asked_of_us.clone(),
            asked: SortedMap::new(),
        };
        let mut room = LONGEST_EXCHANGE - OVERHEAD;
        let mut again_by_stream: SortedMap<StreamId, Vec<KeptFrame>> = SortedMap::new();
        for kept in again {
            again_by_stream.entry(kept.0.stream).or_default().push(kept);
        }
        let mut streams = Vec::new();
        for id in self.readable_streams() {
            let again = again_by_stream.remove(&id).unwrap_or_default();
            let is_changing = intent
                .as_ref()
                .is_some_and(|intent| intent.changes_epoch(&id));
            let pushed = self.frames_to_push(id, again, is_changing, &mut room, draw);
            let asked = self.stream_request(id, &pushed);
            let missing = gather(asked.missing.iter().copied());
            sent.asked.insert(id, missing);
            streams.push(asked);
            sent.frames.insert(id, pushed);
        }
        let known = entries.into_iter().map(|entry| NewEntry {
            entry,
            grants: Vec::new(),
        });
        let mut known: Vec<NewEntry> = known.collect();
        self.add_founding_grants(&mut known, draw)?;
        known.extend(intent.as_ref().map(|intent| intent.entry.clone()));
        sent.intent = intent;
        let request = ExchangeRequest {
            circle: self.id,
            control: self.control_asked_from(),
            entries: known,
            streams,
            wanted: self.keys_missing(),
            grants,
        };
        Ok((request, sent))
    }

    /// Entries that no server is known to have: all of them at the founding, none later.
    pub(super) fn unconfirmed(&self) -> &[SignedEntry] {
        let confirmed = usize::try_from(self.confirmed).unwrap_or(usize::MAX);
        self.entries.get(confirmed..).unwrap_or_default()
    }

    /// The server lost the circle, or never had it: it is founded with the whole chain.
    pub fn found_again(&mut self) {
        self.confirmed = 0;
    }

    /// Names another server in the chain, before anything else is said there.
    pub fn move_to(&mut self, address: String, key: VerifyKey) {
        let is_naming = |intent: &Intent| matches!(intent, Intent::SetServer { .. });
        self.intents.retain(|intent| !is_naming(intent));
        self.intents.insert(0, Intent::SetServer { address, key });
    }

    fn is_moving(&self) -> bool {
        let first = self.intents.first();
        self.server_key().is_some() && matches!(first, Some(Intent::SetServer { .. }))
    }

    fn control_asked_from(&self) -> ControlHead {
        match self.confirmed {
            0 => ControlHead::START,
            _ => self.circle.head(),
        }
    }

    /// Entries that add keys have to come with grants; a chain that is told again brings what
    /// this phone can give.
    fn add_founding_grants(
        &self,
        entries: &mut [NewEntry],
        draw: Draw<'_>,
    ) -> Result<(), NoRandomness> {
        if entries.is_empty() {
            // The chain is checked signature by signature.
            return Ok(());
        }
        let confirmed = usize::try_from(self.confirmed).unwrap_or(usize::MAX);
        let before = self.entries.get(..confirmed).unwrap_or(&self.entries);
        let Ok(mut circle) = hearth_protocol::control::Circle::from_entries(before) else {
            return Ok(());
        };
        for new in entries {
            let Ok(hearth_protocol::control::Applied::New(owed)) = circle.apply(&new.entry) else {
                return Ok(());
            };
            let debts = owed
                .into_iter()
                .map(|debt| (debt.to, debt.stream, debt.epoch));
            let held = |name: &(StreamId, u64)| self.keys.get(name).cloned();
            new.grants = group_grants(self.id, &circle, debts, held, draw)?;
        }
        Ok(())
    }

    pub(super) fn readable_streams(&self) -> Vec<StreamId> {
        let entitled = self.circle.entitlement(&self.me.device);
        entitled.into_iter().map(|(stream, _)| stream).collect()
    }

    fn frames_to_push(
        &self,
        id: StreamId,
        again: Vec<KeptFrame>,
        is_changing: bool,
        room: &mut usize,
        draw: Draw<'_>,
    ) -> Vec<Pushed> {
        let mut pushed = Vec::new();
        for (name, frame) in again {
            if frame.len() > *room {
                return pushed;
            }
            *room -= frame.len();
            pushed.push(Pushed {
                device: name.device,
                dev_seq: name.dev_seq,
                again: true,
                frame,
            });
        }
        let Some(stream) = self.streams.get(&id) else {
            return pushed;
        };
        // A stream that is due is advanced first; a server that went back is mended first.
        // So it is while the key of the present epoch has not come.
        let has_key = self.newest_key(&id).map(|(epoch, _)| epoch) == self.circle.epoch(&id);
        let is_held = is_changing
            || self.is_held_back
            || !has_key
            || self.circle.is_due(&id)
            || !self.may_write(&id)
            || self.is_waiting_for_keys();
        if is_held || stream.is_compared() || self.trouble.is_some() {
            return pushed;
        }
        for (dev_seq, frame) in stream.outbox.range(stream.answered + 1..) {
            let Some(frame) = self.reseal(id, frame, draw) else {
                break;
            };
            let frame = frame.encode();
            if frame.len() > *room {
                break;
            }
            *room -= frame.len();
            pushed.push(Pushed {
                device: self.me.device,
                dev_seq: *dev_seq,
                again: false,
                frame,
            });
        }
        pushed
    }

    fn stream_request(&self, id: StreamId, pushed: &[Pushed]) -> StreamRequest {
        let stream = self.streams.get(&id);
        let frames = pushed.iter().map(|pushed| PushedFrame {
            frame: pushed.frame.clone(),
            again: pushed.again,
            bodies: match pushed.device == self.me.device {
                true => self.bodies_for(id, pushed.dev_seq),
                false => Vec::new(),
            },
        });
        let missing = stream.map(|stream| stream.missing.iter().copied().take(MOST_ASKED));
        StreamRequest {
            stream: id,
            have: stream.and_then(|stream| stream.have.clone()),
            frames: frames.collect(),
            shown: stream.and_then(|stream| stream.shown.clone()),
            missing: missing.into_iter().flatten().collect(),
        }
    }
}

/// Entries of a circle that was founded here and has told no server yet.
const FOUNDING: usize = 2;

/// Frames that are asked for by name at once.
const MOST_ASKED: usize = 16;
