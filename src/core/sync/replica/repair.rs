//! A server that went back: it is told again what it lacks, ours and other people's.

use super::found::keep;
use super::request::Pushed;
use super::{Effects, FrameName, Replica, Stream, rows};
use crate::ports::Table;
use hearth_protocol::exchange::{FrameAnswer, FrameCode, Refusal, StreamAnswer};
use hearth_protocol::{DeviceId, StreamId};
use std::collections::BTreeMap;

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

    fn lacking_in(&self, id: &StreamId) -> impl Iterator<Item = FrameName> {
        let stream = self.streams.get(id);
        let compared = stream.and_then(|stream| Some((stream, stream.repair.as_ref()?)));
        let of_device = |(stream, holds, device): (&Stream, &BTreeMap<DeviceId, u64>, _)| {
            let first = holds.get(&device).copied().unwrap_or(0) + 1;
            let known = stream.headers.range((device, 0)..=(device, u64::MAX));
            let known = known.map(|((_, dev_seq), _)| *dev_seq).next();
            let chain = stream.chains.get(&device).map_or(0, |chain| chain.dev_seq);
            let is_own = device == self.me.device;
            let unplaced = stream.outbox.keys().next().filter(|_| is_own);
            let last = unplaced.map_or(chain, |unplaced| unplaced - 1);
            (first.max(known.unwrap_or(1))..=last).map(move |dev_seq| (device, dev_seq))
        };
        let devices = compared.into_iter().flat_map(|(stream, holds)| {
            let devices = stream.chains.keys();
            devices.map(move |device| (stream, holds, *device))
        });
        let stream = *id;
        devices
            .flat_map(of_device)
            .map(move |(device, dev_seq)| FrameName {
                stream,
                device,
                dev_seq,
            })
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
            self.settle_repair(answer, pushed);
            return;
        };
        let Some(stream) = self.streams.get_mut(&answer.stream) else {
            return;
        };
        let was_repairing = stream.repair.is_some();
        if !was_repairing {
            effects.has_gone_back = true;
        }
        stream.repair = Some(holds.iter().copied().collect::<BTreeMap<_, _>>());
        let has_moved = answer.pushed.iter().any(|result| is_taken(result.code));
        // A device that is held is not taken for a minute: no reason to give its frames up.
        let may_come = answer.pushed.iter().any(is_passing);
        let is_stuck = was_repairing && !has_moved && !may_come && !pushed.is_empty();
        if is_stuck || self.lacking(1).is_empty() {
            self.begin_anew(answer, effects);
        }
    }

    /// A log that was read to its end and lacks frames is told them until it has them, or takes
    /// no more.
    fn settle_repair(&mut self, answer: &StreamAnswer, pushed: &[Pushed]) {
        let Some(stream) = self.streams.get_mut(&answer.stream) else {
            return;
        };
        let Some(mut holds) = stream.repair.take() else {
            return;
        };
        let results = pushed.iter().zip(&answer.pushed);
        let mut taken = results
            .filter(|(_, result)| is_taken(result.code))
            .peekable();
        let has_moved = taken.peek().is_some();
        for (pushed, _) in taken {
            let newest = holds.entry(pushed.device).or_default();
            *newest = pushed.dev_seq.max(*newest);
        }
        stream.repair = Some(holds);
        let may_come = answer.pushed.iter().any(is_passing);
        if !has_moved && !may_come || self.lacking_in(&answer.stream).next().is_none() {
            self.end_repair(&answer.stream);
        }
    }

    fn end_repair(&mut self, id: &StreamId) {
        if let Some(stream) = self.streams.get_mut(id) {
            stream.repair = None;
        }
    }

    /// Reads the new log from its first row. What is known already keeps its content and gets
    /// its new place.
    fn begin_anew(&mut self, answer: &StreamAnswer, effects: &mut Effects) {
        effects.forget(Table::Circles, rows::log_key(&self.id, &answer.stream));
        keep(effects, rows::anew(&self.id, &answer.stream));
        if let Some(stream) = self.streams.get_mut(&answer.stream) {
            stream.read_anew();
        }
    }

    /// The log was read to its end. It may have gone back once more since it was compared.
    pub(super) fn finish_reading(&mut self, id: StreamId, effects: &mut Effects) {
        let Some(stream) = self.streams.get_mut(&id) else {
            return;
        };
        if let Some(seen) = stream.anew.take() {
            effects.forget(Table::Circles, rows::anew_key(&self.id, &id));
            stream.repair = Some(seen);
            let is_lacking = self.lacking_in(&id).next().is_some();
            match is_lacking {
                true => effects.has_gone_back = true,
                false => self.end_repair(&id),
            }
        }
    }
}

fn is_passing(answer: &FrameAnswer) -> bool {
    let passing = [Refusal::Held, Refusal::OtherControl].map(Refusal::number);
    answer.code == FrameCode::Refused && passing.contains(&answer.detail)
}

fn is_taken(code: FrameCode) -> bool {
    matches!(code, FrameCode::New | FrameCode::Duplicate)
}

impl Stream {
    /// Forgets the order of the log, and keeps everything that was in it.
    pub(super) fn read_anew(&mut self) {
        self.repair = None;
        self.have = None;
        self.shown = None;
        self.answered = 0;
        self.has_more = true;
        self.anew = Some(BTreeMap::new());
    }
}
