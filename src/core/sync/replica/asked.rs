//! Frames that are asked for by name: a body that was taken away, or that did not open.

use super::found::keep;
use super::{AnswerError, Effects, FrameName, Replica, rows};
use crate::ports::Table;
use crate::sync::merge::Placed;
use hearth_protocol::exchange::StreamAnswer;
use hearth_protocol::frame::{ErasedFrame, Frame, PackItem};
use hearth_protocol::sorted::LongSet;
use hearth_protocol::{DeviceId, StreamId};

impl Replica {
    /// What the server lacks is not asked for over and over. Rows may name the same again.
    pub(super) fn note_asked(&mut self, id: &StreamId, asked: &LongSet<(DeviceId, u64)>) {
        if let Some(stream) = self.streams.get_mut(id) {
            stream.missing.retain(|name| !asked.contains(name));
        }
    }

    /// Bodies that were taken away are asked for once more: a server that went back may have
    /// answered with those from before, and been told since what takes their place.
    pub fn ask_for_redactions(&mut self) {
        for stream in self.streams.values_mut() {
            stream.missing.extend(stream.redactions.keys().copied());
        }
    }

    /// Frames that were asked for by name: a body that was redacted, or did not open.
    pub(super) fn take_found(
        &mut self,
        answer: &StreamAnswer,
        asked: &LongSet<(DeviceId, u64)>,
        effects: &mut Effects,
    ) -> Result<(), AnswerError> {
        let id = answer.stream;
        for row in &answer.found {
            let frame = Frame::decode(&row.frame).map_err(|_| AnswerError::Frame)?;
            let outline = frame.header.outline().map_err(|_| AnswerError::Frame)?;
            let name = FrameName {
                stream: id,
                device: outline.device,
                dev_seq: outline.dev_seq,
            };
            let stream = self.streams.entry(id).or_default();
            let known = stream.headers.get(&(outline.device, outline.dev_seq));
            if !asked.contains(&(name.device, name.dev_seq)) || known != Some(&outline.hash) {
                continue;
            }
            let placed = Placed {
                seq: row.seq,
                received_at: row.received_at,
            };
            self.take_body(name, &frame, placed, effects);
        }
        Ok(())
    }

    /// A body for a frame that is known: taken if it opens, or is the redacted one.
    fn take_body(&mut self, name: FrameName, frame: &Frame, placed: Placed, effects: &mut Effects) {
        let key = (name.device, name.dev_seq);
        let Some(stream) = self.streams.get(&name.stream) else {
            return;
        };
        if let Some(awaited) = stream.redactions.get(&key) {
            let body = ErasedFrame::hash_body(&frame.body);
            let named = stream.substitutes.get(&key);
            if body != *awaited && !named.is_some_and(|named| named.contains(&body)) {
                return;
            }
            // Another one may still hold what this one awaited to lose: then that goes anew.
            effects.must_rebuild |= body != *awaited;
            effects.forget(Table::Circles, rows::redaction_key(&self.id, &name));
            let pack = self.open(name.stream, frame);
            let taken = pack.iter().flat_map(|pack| (0..).zip(pack.items()));
            let taken = taken.filter(|(_, item)| matches!(item, PackItem::TakenOut(_)));
            effects
                .taken_out
                .extend(taken.map(|(index, _)| (name, index)));
        } else {
            if self.open(name.stream, frame).is_none() {
                return;
            }
            effects.must_rebuild = true;
        }
        let stream = self.streams.entry(name.stream).or_default();
        stream.redactions.remove(&key);
        stream.closed.remove(&key);
        stream.note_epoch(key, frame);
        keep(effects, rows::frame(&name, &frame.encode(), Some(placed)));
    }
}
