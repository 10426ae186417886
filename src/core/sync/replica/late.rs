//! Reading a stream from a later epoch on: what came before is another's, and is not missed.
//!
//! In a log that only ever grew every older frame lies before the first row that may be read. A
//! server that went back is told frames in any order, so that older ones may lie behind it.

use super::found::keep;
use super::pull::News;
use super::{AnswerError, Effects, FrameName, Replica, rows};
use crate::sync::merge::Placed;
use hearth_protocol::exchange::StreamAnswer;
use hearth_protocol::frame::{ChainPoint, Frame, Outline};
use hearth_protocol::log::LogPoint;
use hearth_protocol::{DeviceId, SortedMap, StreamId};

impl Replica {
    /// Whether a frame is older than the first of its device that was read here. A server that went
    /// back may have it behind newer ones, and who reads from a later epoch on never had it.
    pub(super) fn is_from_before(&self, id: &StreamId, outline: &Outline) -> bool {
        let stream = self.streams.get(id);
        let newest = stream.and_then(|stream| stream.chains.get(&outline.device));
        newest.is_some_and(|newest| outline.dev_seq < newest.dev_seq)
    }

    /// Its row counts. Mostly there is no key here for what it says; but a server that went back
    /// may have been told it under a later epoch than before.
    pub(super) fn take_from_before(
        &mut self,
        name: FrameName,
        frame: &Frame,
        placed: Placed,
        effects: &mut Effects,
    ) {
        if self.open(name.stream, frame).is_some() {
            keep(effects, rows::frame(&name, &frame.encode(), Some(placed)));
            let opened = self.read_frame(name, frame, Some(placed), News::Fresh, effects);
            effects.opened.extend(opened);
        }
    }

    pub(super) fn chain_of(&self, id: &StreamId, device: &DeviceId) -> ChainPoint {
        let stream = self.streams.get(id);
        let newest = stream.and_then(|stream| stream.chains.get(device));
        newest.copied().unwrap_or(ChainPoint::START)
    }

    /// What a frame follows for who reads late: its device's newest here, or whatever it names
    /// where what lies between came before the rows that may be read. Then the frame above no
    /// longer stands for the one below, which has to stand for itself.
    pub(super) fn chain_of_late(
        &self,
        id: StreamId,
        outline: &Outline,
        newest: &SortedMap<DeviceId, Frame>,
    ) -> Result<ChainPoint, AnswerError> {
        let known = self.chain_of(&id, &outline.device);
        if known.dev_seq > 0 && known.dev_seq.saturating_add(1) == outline.dev_seq {
            return Ok(known);
        }
        if let Some(below) = newest.get(&outline.device) {
            self.verify(id, below, &outline.device)?;
        }
        Ok(ChainPoint {
            dev_seq: outline.dev_seq.saturating_sub(1),
            header: outline.prev,
        })
    }

    /// Where the rows begin that who reads late may read. A server that went back is told older
    /// frames behind the end of what it had, so that this moves on while there is none of them.
    pub(super) fn late_start(&self, answer: &StreamAnswer) -> Option<LogPoint> {
        let start = answer.start.clone()?;
        let is_meant = start.log == answer.log && self.reads_late(&answer.stream);
        is_meant.then_some(start)
    }

    pub(super) fn reads_late(&self, stream: &StreamId) -> bool {
        let entitled = self.circle.entitlement(&self.me.device);
        let own = entitled.iter().find(|(id, _)| id == stream);
        own.is_some_and(|(_, epochs)| *epochs.start() > 1)
    }
}
