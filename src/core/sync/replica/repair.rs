//! A server that went back: it is told again what it lacks, ours and other people's.

use super::request::Pushed;
use super::{Effects, FrameName, Note, Replica, rows};
use crate::ports::Table;
use hearth_protocol::exchange::{FrameCode, StreamAnswer};
use std::collections::BTreeMap;

impl Replica {
    /// Frames that a server which went back lacks, up to `most`, each device's in order. Whoever
    /// drives the replica reads them from the store for the next request.
    #[must_use]
    pub fn lacking(&self, most: usize) -> Vec<FrameName> {
        let mut names = Vec::new();
        for (id, stream) in &self.streams {
            let Some(holds) = &stream.repair else {
                continue;
            };
            for (device, chain) in &stream.chains {
                let first = holds.get(device).copied().unwrap_or(0) + 1;
                let known = stream
                    .headers
                    .range((*device, 0)..=(*device, u64::MAX))
                    .next();
                let first = first.max(known.map_or(1, |((_, dev_seq), _)| *dev_seq));
                let is_own = *device == self.me.device;
                let unplaced = stream.outbox.keys().next().filter(|_| is_own);
                let last = unplaced.map_or(chain.dev_seq, |unplaced| unplaced - 1);
                names.extend((first..=last).map(|dev_seq| FrameName {
                    stream: *id,
                    device: *device,
                    dev_seq,
                }));
            }
        }
        names.truncate(most);
        names
    }

    pub(super) fn take_holds(
        &mut self,
        answer: &StreamAnswer,
        pushed: &[Pushed],
        effects: &mut Effects,
    ) {
        let Some(holds) = &answer.holds else {
            if let Some(stream) = self.streams.get_mut(&answer.stream) {
                stream.repair = None;
            }
            return;
        };
        let Some(stream) = self.streams.get_mut(&answer.stream) else {
            return;
        };
        let was_repairing = stream.repair.is_some();
        if !was_repairing {
            effects.notes.push(Note::ServerWentBack(answer.stream));
        }
        stream.repair = Some(holds.iter().copied().collect::<BTreeMap<_, _>>());
        let taken = |code| matches!(code, FrameCode::New | FrameCode::Duplicate);
        let has_moved = answer.pushed.iter().any(|result| taken(result.code));
        let is_stuck = was_repairing && !has_moved && !pushed.is_empty();
        if is_stuck || self.lacking(1).is_empty() {
            self.begin_anew(answer, effects);
        }
    }

    /// Reads the new log from its first row. What is known already keeps its content and gets
    /// its new place.
    fn begin_anew(&mut self, answer: &StreamAnswer, effects: &mut Effects) {
        effects.forget(Table::Circles, rows::log_key(&self.id, &answer.stream));
        if let Some(stream) = self.streams.get_mut(&answer.stream) {
            stream.repair = None;
            stream.have = None;
            stream.shown = None;
            stream.answered = 0;
            stream.has_more = true;
        }
    }
}
