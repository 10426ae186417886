//! Reading a replica from what is kept: first the small rows, then the frames.

use super::framing::Unsaid;
use super::pull::News;
use super::rekey::Rekey;
use super::rows::{self, CircleRow, Seeds};
use super::{Effects, FrameName, OpenedFrame, Redacted, Replica, Stream};
use crate::sync::merge::Placed;
use hearth_protocol::control::{Circle, SignedEntry};
use hearth_protocol::frame::{ChainPoint, Frame};
use hearth_protocol::log::{LogPoint, SignedHead};
use hearth_protocol::{CircleId, DeviceId, Hash, Key, SortedMap, SortedSet, StreamId};

/// Gathers the rows of the table `circles`.
#[derive(Default)]
pub struct Loader {
    circles: SortedMap<CircleId, Parts>,
    damaged: usize,
}

#[derive(Default)]
struct Parts {
    seeds: Option<Seeds>,
    entries: Vec<SignedEntry>,
    keys: SortedMap<(StreamId, u64), Key>,
    logs: SortedMap<StreamId, (LogPoint, SignedHead)>,
    confirmed: u64,
    redactions: Vec<(FrameName, Hash)>,
    bodies: Vec<(FrameName, Redacted)>,
    anew: Vec<(StreamId, Option<SortedMap<DeviceId, u64>>)>,
    rekey: Option<Rekey>,
    unsaid: Vec<Unsaid>,
    former: SortedSet<DeviceId>,
}

impl Loader {
    /// Takes one opened row, in the order of the keys.
    pub fn take(&mut self, key: &[u8], value: &[u8]) {
        let Some(row) = rows::read(key, value) else {
            self.damaged += 1;
            return;
        };
        match row {
            CircleRow::Me(circle, seeds) => self.parts(circle).seeds = Some(seeds),
            CircleRow::Entry(circle, entry) => self.parts(circle).entries.push(entry),
            CircleRow::Key(circle, name, key) => {
                self.parts(circle).keys.insert(name, key);
            }
            CircleRow::Log(circle, stream, have, head) => {
                self.parts(circle).logs.insert(stream, (have, head));
            }
            CircleRow::Confirmed(circle, seq) => self.parts(circle).confirmed = seq,
            CircleRow::Redaction(circle, name, hash) => {
                self.parts(circle).redactions.push((name, hash));
            }
            CircleRow::Anew(circle, stream, holds) => {
                self.parts(circle).anew.push((stream, holds));
            }
            CircleRow::Bodies(circle, name, bodies) => {
                self.parts(circle).bodies.push((name, bodies));
            }
            CircleRow::Rekey(circle, seeds, seen) => {
                self.parts(circle).rekey = Some(Rekey { seeds, seen });
            }
            CircleRow::Unsaid(circle, name, frame, bodies) => {
                let unsaid = Unsaid {
                    name,
                    frame,
                    bodies,
                };
                self.parts(circle).unsaid.push(unsaid);
            }
            CircleRow::Former(circle, device) => {
                self.parts(circle).former.insert(device);
            }
        }
    }

    /// How many rows were not understood. They are kept.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    /// The circles whose rows are whole.
    #[must_use]
    pub fn finish(self) -> Vec<Replica> {
        let all = self.circles.into_iter();
        all.filter_map(|(id, parts)| parts.finish(id)).collect()
    }

    fn parts(&mut self, circle: CircleId) -> &mut Parts {
        self.circles.entry(circle).or_default()
    }
}

impl Parts {
    fn finish(self, id: CircleId) -> Option<Replica> {
        let circle = Circle::from_entries(&self.entries).ok()?;
        let mut me = self.seeds?.me();
        me.person = circle.person(&me.device).unwrap_or(me.person);
        // A circle that was joined and has not been heard of yet has no entries here.
        if circle.id().is_some_and(|found| found != id) {
            return None;
        }
        let mut streams: SortedMap<StreamId, Stream> = SortedMap::new();
        for stream in circle.streams() {
            streams.insert(stream, Stream::default());
        }
        for (id, (have, head)) in self.logs {
            let stream = streams.entry(id).or_default();
            (stream.have, stream.shown) = (Some(have), Some(head));
        }
        for (name, hash) in self.redactions {
            let stream = streams.entry(name.stream).or_default();
            stream.redactions.insert((name.device, name.dev_seq), hash);
            stream.missing.insert((name.device, name.dev_seq));
        }
        // Until all that the old keys said elsewhere was heard, there may be more of it.
        let is_settling = self.rekey.as_ref().map(|rekey| rekey.seeds.me().device);
        if is_settling == Some(me.device) {
            streams
                .values_mut()
                .for_each(|stream| stream.has_more = true);
        }
        let own = self.bodies.into_iter();
        for (name, bodies) in own.filter(|(name, _)| name.device == me.device) {
            let stream = streams.entry(name.stream).or_default();
            stream.bodies.insert(name.dev_seq, bodies);
        }
        for (id, holds) in self.anew {
            let stream = streams.entry(id).or_default();
            match holds {
                None => stream.read_anew(),
                Some(holds) => stream.go_on_telling(holds),
            }
        }
        Some(Replica {
            entries: self.entries,
            confirmed: self.confirmed,
            keys: self.keys,
            streams,
            rekey: self.rekey,
            former: self.former,
            unsaid: self.unsaid,
            ..Replica::empty(id, me, circle)
        })
    }
}

impl Replica {
    /// The key of the row that holds this phone's own keys.
    #[must_use]
    pub fn own_key(&self) -> Vec<u8> {
        rows::me_key(&self.id)
    }

    /// The keys of the rows that hold this phone's own keys, and those that it changes to.
    #[must_use]
    pub fn rows_of_keys(&self) -> [Vec<u8>; 2] {
        [rows::me_key(&self.id), rows::rekey_key(&self.id)]
    }

    /// Whether such a row holds the keys that this copy signs with.
    #[must_use]
    pub fn are_own_keys(&self, key: &[u8], row: &[u8]) -> bool {
        match rows::read(key, row) {
            Some(CircleRow::Me(circle, seeds)) => {
                circle == self.id && seeds.me().device == self.me.device
            }
            _ => false,
        }
    }

    /// Whether a row of the table `frames` with this key belongs to this circle.
    #[must_use]
    pub fn owns(&self, key: &[u8]) -> bool {
        rows::read_frame_key(key).is_some_and(|name| self.streams.contains_key(&name.stream))
    }

    /// Takes over what an older reading of the same circle wanted and was told, which is not
    /// kept.
    pub fn take_over(&mut self, older: Self) {
        if older.id != self.id {
            return;
        }
        self.intents = older.intents;
        self.asked_of_us = older.asked_of_us;
        self.trouble = older.trouble;
        for (id, older) in older.streams {
            let stream = self.streams.entry(id).or_default();
            stream.answered = older.answered;
            stream.is_full = older.is_full;
            stream.has_more = older.has_more || stream.anew.is_some();
            stream.repair = older.repair;
            stream.missing.extend(older.missing);
        }
    }

    /// Reads one row of the table `frames`. What the author had seen is known for certain only
    /// when every row was read: see [`Replica::seen_by`].
    ///
    /// `Err` where the row is damaged; `Ok(None)` where the frame is closed or does not count.
    ///
    /// # Errors
    /// The row holds no frame.
    pub fn load_frame(
        &mut self,
        key: &[u8],
        row: &[u8],
    ) -> Result<Option<OpenedFrame>, DamagedFrame> {
        let name = rows::read_frame_key(key).ok_or(DamagedFrame)?;
        let (bytes, placed) = rows::read_frame(row).ok_or(DamagedFrame)?;
        let frame = Frame::decode(&bytes).map_err(|_| DamagedFrame)?;
        let hash = frame.header.hash();
        let stream = self.streams.get_mut(&name.stream).ok_or(DamagedFrame)?;
        let point = ChainPoint {
            dev_seq: name.dev_seq,
            header: hash,
        };
        stream.chains.insert(name.device, point);
        stream.headers.insert((name.device, name.dev_seq), hash);
        match placed {
            None if name.device == self.me.device => {
                stream.outbox.insert(name.dev_seq, frame.clone());
            }
            None => {
                stream
                    .strays
                    .insert((name.device, name.dev_seq), frame.clone());
            }
            Some(_) => {}
        }
        // Nothing here is news: what a frame asks to be kept was kept when it came.
        let mut told_before = Effects::default();
        Ok(self.read_frame(name, &frame, placed, News::Told, &mut told_before))
    }

    /// Whether frames are kept here that do not open or do not count yet: nobody knows what they
    /// name.
    #[must_use]
    pub fn has_closed_frames(&self) -> bool {
        let mut streams = self.streams.values();
        streams.any(|stream| !stream.closed.is_empty())
    }

    /// Every frame was read. A body that an erase frame took away is asked for again where it
    /// has not lost anything yet; where it waits for another one, its row says so.
    pub fn finish_loading(&mut self) {
        for stream in self.streams.values_mut() {
            let recalled = std::mem::take(&mut stream.recalled);
            for (key, hash) in recalled.named {
                if recalled.done.contains(&key) || stream.redactions.contains_key(&key) {
                    continue;
                }
                stream.redactions.insert(key, hash);
                stream.missing.insert(key);
            }
        }
    }

    /// The row of a frame with another place in the server's order.
    #[must_use]
    pub fn place_row(row: &[u8], name: &FrameName, placed: Placed) -> Option<Vec<u8>> {
        let (frame, _) = rows::read_frame(row)?;
        let (_, _, value) = rows::frame(name, &frame, Some(placed));
        Some(value)
    }

    /// The bytes of the frame in a row.
    #[must_use]
    pub fn frame_of_row(row: &[u8]) -> Option<Vec<u8>> {
        rows::read_frame(row).map(|(frame, _)| frame)
    }

    /// The key of a frame's row.
    #[must_use]
    pub fn key_of(name: &FrameName) -> Vec<u8> {
        rows::frame_key(name)
    }
}

/// A row of the table `frames` that holds no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a row that holds no frame")]
pub struct DamagedFrame;
