//! A server that went back: it is told again what it lacks, ours and other people's.

use super::found::keep;
use super::request::Pushed;
use super::{Effects, FrameName, Replica, Stream, rows};
use crate::ports::Table;
use hearth_protocol::exchange::{FrameAnswer, FrameCode, Refusal, StreamAnswer};
use hearth_protocol::sorted::LongSet;
use hearth_protocol::{DeviceId, SortedMap, SortedSet, StreamId};

/// Nothing more of a device can be told.
const GIVEN_UP: u64 = u64::MAX;

/// What a server that went back has, and therefore lacks.
pub(super) struct Repair {
    /// The newest frame of each device in its log.
    pub(super) holds: SortedMap<DeviceId, u64>,
    /// The log was read to its end under its new name.
    pub(super) is_read: bool,
    /// Own frames that erase, of which it may have been told by somebody who has no bodies to
    /// put in the place of what goes. It takes them from a frame that it has.
    pub(super) erasures: SortedSet<u64>,
}

impl Replica {
    /// Frames that a server which went back lacks, up to `most`, each device's in order. Whoever
    /// drives the replica reads them from the store for the next request.
    #[must_use]
    pub fn lacking(&self, most: usize) -> Vec<FrameName> {
        let streams = self.streams.keys();
        streams
            .flat_map(|id| self.lacking_in(id))
            .take(most)
            .collect()
    }

    pub(super) fn lacking_in(&self, id: &StreamId) -> impl Iterator<Item = FrameName> {
        let stream = self.streams.get(id);
        let compared = stream.and_then(|stream| Some((stream, stream.repair.as_ref()?)));
        let devices = compared.into_iter().flat_map(move |(stream, repair)| {
            let lacking = move |device: &DeviceId| {
                let first = repair.next_of(stream, device);
                let last = stream.last_placed(device, device == &self.me.device);
                let is_here = |dev_seq: &u64| stream.headers.contains_key(&(*device, *dev_seq));
                // One behind a gap is not taken before somebody else has filled it.
                let frames = (first..=last).take_while(is_here);
                frames.map(|dev_seq| (*device, dev_seq)).collect::<Vec<_>>()
            };
            stream.chains.keys().flat_map(lacking)
        });
        let stream = *id;
        let erasures = compared
            .into_iter()
            .flat_map(|(_, repair)| &repair.erasures);
        let erasures = erasures.map(|dev_seq| (self.me.device, *dev_seq));
        devices
            .chain(erasures)
            .map(move |(device, dev_seq)| FrameName {
                stream,
                device,
                dev_seq,
            })
    }

    /// Whether the server has something to hear of this stream now.
    pub(super) fn is_telling(&self, id: &StreamId) -> bool {
        let stream = self.streams.get(id);
        stream.is_some_and(Stream::is_compared) || self.lacking_in(id).next().is_some()
    }

    /// Whether a server that went back is being told what it lacks.
    #[must_use]
    pub fn is_mending(&self) -> bool {
        let mut streams = self.streams.values();
        streams.any(|stream| stream.repair.is_some() || stream.anew.is_some())
    }

    pub(super) fn take_holds(
        &mut self,
        answer: &StreamAnswer,
        pushed: &[Pushed],
        effects: &mut Effects,
    ) {
        let Some(holds) = &answer.holds else {
            self.settle_repair(answer, pushed, effects);
            return;
        };
        let Some(stream) = self.streams.get_mut(&answer.stream) else {
            return;
        };
        let was_compared = stream.is_compared();
        effects.has_gone_back |= !was_compared;
        stream.repair = Some(Repair {
            holds: holds.iter().copied().collect(),
            is_read: false,
            erasures: SortedSet::new(),
        });
        let has_moved = answer.pushed.iter().any(|result| is_taken(result.code));
        // A device that is held is not taken for a minute: no reason to give its frames up.
        let may_come = answer.pushed.iter().any(is_passing);
        let is_stuck = was_compared && !has_moved && !may_come && !pushed.is_empty();
        if is_stuck || self.lacking(1).is_empty() {
            self.begin_anew(answer, effects);
        }
    }

    /// A log that was read to its end and lacks frames is told them until it has them. Those
    /// behind a gap wait until somebody else has filled it, and others for room.
    fn settle_repair(&mut self, answer: &StreamAnswer, pushed: &[Pushed], effects: &mut Effects) {
        let stream = self.streams.get_mut(&answer.stream);
        let Some(repair) = stream.and_then(|stream| stream.repair.as_mut()) else {
            return;
        };
        // A log that is not compared any more is the one that is known here.
        repair.is_read = true;
        let mut stopped = LongSet::new();
        let results = pushed.iter().zip(&answer.pushed);
        for (pushed, result) in results.filter(|(pushed, _)| pushed.again) {
            let may_come = is_passing(result) || is_full(result);
            if pushed.device == self.me.device && !may_come {
                repair.erasures.remove(&pushed.dev_seq);
            }
            // What comes after one that was not taken is a gap because of it.
            if !stopped.contains(&pushed.device) && !repair.note(pushed, result) {
                stopped.insert(pushed.device);
            }
        }
        self.end_repair_if_told(&answer.stream, effects);
    }

    /// Ends it once the log is known to have everything that has a place here.
    pub(super) fn end_repair_if_told(&mut self, id: &StreamId, effects: &mut Effects) {
        let Some(stream) = self.streams.get_mut(id) else {
            return;
        };
        let is_owed = |repair: &Repair| {
            let mut devices = stream.chains.keys();
            !repair.erasures.is_empty()
                || devices.any(|device| {
                    let held = repair.holds.get(device).copied().unwrap_or(0);
                    stream.last_placed(device, device == &self.me.device) > held
                })
        };
        let repair = stream.repair.as_ref().filter(|repair| repair.is_read);
        if repair.is_some_and(|repair| !is_owed(repair)) {
            stream.repair = None;
            effects.forget(Table::Circles, rows::anew_key(&self.id, id));
        }
    }

    /// Reads the new log from its first row. What is known already keeps its content and gets
    /// its new place.
    fn begin_anew(&mut self, answer: &StreamAnswer, effects: &mut Effects) {
        effects.forget(Table::Circles, rows::log_key(&self.id, &answer.stream));
        keep(effects, rows::anew(&self.id, &answer.stream, None));
        if let Some(stream) = self.streams.get_mut(&answer.stream) {
            stream.read_anew();
        }
    }

    /// The log was read to its end. It may have gone back once more since it was compared.
    pub(super) fn finish_reading(&mut self, id: StreamId, effects: &mut Effects) {
        let Some(stream) = self.streams.get_mut(&id) else {
            return;
        };
        if let Some(holds) = stream.anew.take() {
            keep(effects, rows::anew(&self.id, &id, Some(&holds)));
            stream.go_on_telling(holds);
            self.end_repair_if_told(&id, effects);
            let stream = self.streams.get(&id);
            effects.has_gone_back |= stream.is_some_and(|stream| stream.repair.is_some());
        }
    }
}

impl Replica {
    /// What came where it may not be read may have filled a gap: the server says so when asked.
    pub(super) fn ask_about_gaps(&mut self, id: &StreamId) {
        let Some(stream) = self.streams.get_mut(id) else {
            return;
        };
        let headers = &stream.headers;
        let is_behind_gap = |device: &DeviceId, held: u64| {
            let mut known = headers.range((*device, 0)..=(*device, u64::MAX));
            known
                .next()
                .is_some_and(|((_, first), _)| held.saturating_add(1) < *first)
        };
        if let Some(repair) = &mut stream.repair {
            let holds = &mut repair.holds;
            holds.retain(|device, held| !is_behind_gap(device, *held));
        }
    }
}

impl Repair {
    /// The first frame of a device to be told next.
    fn next_of(&self, stream: &Stream, device: &DeviceId) -> u64 {
        let held = self.holds.get(device).copied();
        let mut known = stream.headers.range((*device, 0)..=(*device, u64::MAX));
        match (held, known.next()) {
            // Who reads late did not see all rows: the server says how far it is.
            (None, Some(((_, first), _))) if self.is_read => *first,
            _ => held.unwrap_or(0).saturating_add(1),
        }
    }

    /// What the server said of a frame. Whether the next one of its device can be taken.
    fn note(&mut self, pushed: &Pushed, result: &FrameAnswer) -> bool {
        let held = self.holds.get(&pushed.device).copied();
        let before = result.detail.saturating_sub(1);
        let now = match result.code {
            FrameCode::New | FrameCode::Duplicate => pushed.dev_seq.max(held.unwrap_or(0)),
            FrameCode::Gap if held != Some(before) => before,
            FrameCode::Refused if is_passing(result) || is_full(result) => return false,
            // Neither now nor later.
            _ => GIVEN_UP,
        };
        self.holds.insert(pushed.device, now);
        is_taken(result.code)
    }

    /// A row of the log: it has this frame, whoever told it.
    pub(super) fn note_row(&mut self, device: DeviceId, dev_seq: u64) {
        let held = self.holds.entry(device).or_default();
        *held = dev_seq.max(*held);
    }
}

fn is_passing(answer: &FrameAnswer) -> bool {
    let passing = [Refusal::Held, Refusal::OtherControl].map(Refusal::number);
    answer.code == FrameCode::Refused && passing.contains(&answer.detail)
}

fn is_full(answer: &FrameAnswer) -> bool {
    answer.code == FrameCode::Refused && answer.detail == Refusal::Quota.number()
}

fn is_taken(code: FrameCode) -> bool {
    matches!(code, FrameCode::New | FrameCode::Duplicate)
}

impl Stream {
    /// Whether the server's log has another name than the copy here, and is told before it is read.
    pub(super) fn is_compared(&self) -> bool {
        self.repair.as_ref().is_some_and(|repair| !repair.is_read)
    }

    /// The log was read, now or when the phone was last open, and has so much.
    pub(super) fn go_on_telling(&mut self, holds: SortedMap<DeviceId, u64>) {
        let unplaced = self.outbox.keys().next().copied().unwrap_or(u64::MAX);
        let placed = self.bodies.range(..unplaced);
        self.repair = Some(Repair {
            holds,
            is_read: true,
            erasures: placed.map(|(dev_seq, _)| *dev_seq).collect(),
        });
    }

    /// The newest frame of a device that had a place in a log.
    fn last_placed(&self, device: &DeviceId, is_own: bool) -> u64 {
        let chain = self.chains.get(device).map_or(0, |chain| chain.dev_seq);
        let unplaced = self.outbox.keys().next().filter(|_| is_own);
        unplaced.map_or(chain, |unplaced| unplaced.saturating_sub(1))
    }

    /// Forgets the order of the log, and keeps everything that was in it.
    pub(super) fn read_anew(&mut self) {
        self.repair = None;
        self.have = None;
        self.shown = None;
        self.answered = 0;
        self.has_more = true;
        self.anew = Some(SortedMap::new());
    }
}
