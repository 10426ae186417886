//! Erasing: bodies without what goes, and the frame that tells everybody.

use super::found::keep;
use super::framing::Unsaid;
use super::pull::{News, opened};
use super::{Draw, Effects, FrameName, Redacted, Replica, Stream, WaitingError, rows};
use crate::ports::Table;
use crate::sync::merge::Placed;
use hearth_protocol::SortedMap;
use hearth_protocol::change::ERASED_KIND;
use hearth_protocol::frame::{
    Body, Erased, ErasedFrame, Frame, FrameKind, Header, Pack, PackHead, PackItem,
};
use hearth_protocol::limits::{MOST_BLOBS_NAMED, MOST_ERASED};
use hearth_protocol::{BlobId, Change, DeviceId, EntityId, Hash, Hlc, StreamId};

/// A frame of this person's out of the store, and which of its changes go.
pub struct Losing {
    /// Which frame.
    pub name: FrameName,
    /// Its bytes.
    pub frame: Vec<u8>,
    /// The places of the changes that go.
    pub indices: Vec<u32>,
    /// Its place in the server's order.
    pub placed: Option<Placed>,
}

impl Losing {
    /// The frame in this row.
    #[must_use]
    pub fn from_row(name: FrameName, row: &[u8], indices: Vec<u32>) -> Option<Self> {
        let (frame, placed) = rows::read_frame(row)?;
        Some(Self {
            name,
            frame,
            indices,
            placed,
        })
    }
}

impl Replica {
    /// Takes changes out of frames for good: here at once, everywhere else as the erase frame
    /// arrives. `gone` names the entities, so that others know what went; `blobs` go with them.
    ///
    /// # Errors
    /// See [`WaitingError`].
    pub fn erase(
        &mut self,
        stream: StreamId,
        gone: &[(EntityId, Hlc)],
        losing: Vec<Losing>,
        blobs: &[BlobId],
        draw: Draw<'_>,
    ) -> Result<Effects, WaitingError> {
        let mut effects = Effects::default();
        let mut losing = losing;
        let mut blobs = blobs.to_vec();
        let mut gone = gone.to_vec();
        while !losing.is_empty() || !blobs.is_empty() {
            let frames: Vec<_> = losing.drain(..losing.len().min(MOST_ERASED)).collect();
            let blobs = blobs.drain(..blobs.len().min(MOST_BLOBS_NAMED)).collect();
            let gone = gone.drain(..gone.len().min(MOST_ERASED)).collect();
            self.erase_some(stream, gone, frames, blobs, draw, &mut effects)?;
        }
        Ok(effects)
    }

    fn erase_some(
        &mut self,
        stream: StreamId,
        gone: Vec<(EntityId, Hlc)>,
        losing: Vec<Losing>,
        blobs: Vec<BlobId>,
        draw: Draw<'_>,
        effects: &mut Effects,
    ) -> Result<(), WaitingError> {
        let mut named = Vec::with_capacity(losing.len());
        let mut bodies = Vec::with_capacity(losing.len());
        for losing in losing {
            let Some(frame) = self.redact(stream, &losing, draw)? else {
                continue;
            };
            let header = frame.header.hash();
            named.push(ErasedFrame {
                device: losing.name.device,
                dev_seq: losing.name.dev_seq,
                header,
                body: ErasedFrame::hash_body(&frame.body),
            });
            bodies.push((header, frame.body.clone()));
            keep(
                effects,
                rows::frame(&losing.name, &frame.encode(), losing.placed),
            );
            let taken = losing.indices.iter().map(|index| (losing.name, *index));
            effects.taken_out.extend(taken);
            let known = self.streams.entry(stream).or_default();
            if let Some(waiting) = known.outbox.get_mut(&losing.name.dev_seq)
                && losing.name.device == self.me.device
            {
                *waiting = frame;
            }
        }
        let head = self.pack_head(stream, draw)?;
        let mut changes = Vec::with_capacity(gone.len());
        for (entity, hlc) in gone {
            let change = Change {
                kind: ERASED_KIND,
                entity,
                hlc,
                patch: SortedMap::new(),
            };
            changes.push((super::random(draw)?, change.encode()?));
        }
        let pack = Pack::new(&head, changes)?;
        let erased = Erased {
            frames: named,
            blobs,
        };
        self.keep_erase_frame(stream, erased, &pack, &head, bodies, draw, effects)
    }

    #[expect(clippy::too_many_arguments, reason = "one frame, in its parts")]
    fn keep_erase_frame(
        &mut self,
        stream: StreamId,
        erased: Erased,
        pack: &Pack,
        head: &PackHead,
        bodies: Redacted,
        draw: Draw<'_>,
        effects: &mut Effects,
    ) -> Result<(), WaitingError> {
        let known = self.streams.entry(stream).or_default();
        for frame in &erased.frames {
            known.note_substitute((frame.device, frame.dev_seq), frame.body);
        }
        let header = Header {
            kind: FrameKind::Erase.number(),
            erased: Some(erased),
            ..self.header(stream, pack)
        };
        let name = self.keep_own_frame(stream, &header, pack, &head.seen, draw, effects)?;
        // What it names stays known as ended here as well, should somebody's edit come later.
        let told = opened(name, self.me.person, None, pack);
        effects.opened.push(told);
        keep(effects, rows::bodies(&self.id, &name, &bodies));
        let known = self.streams.entry(stream).or_default();
        known.bodies.insert(name.dev_seq, bodies);
        Ok(())
    }

    /// Erasures that this store had not told when it changed its keys are told now.
    pub(super) fn erase_unsaid(
        &mut self,
        stream: StreamId,
        draw: Draw<'_>,
        effects: &mut Effects,
    ) -> Result<(), WaitingError> {
        let all = std::mem::take(&mut self.unsaid);
        let (due, others) = all
            .into_iter()
            .partition(|unsaid: &Unsaid| unsaid.name.stream == stream);
        self.unsaid = others;
        for Unsaid {
            name,
            frame,
            bodies,
        } in due
        {
            let Some((old, pack)) = self.read_unsaid(stream, &frame) else {
                continue;
            };
            let Some(mut erased) = old.erased.clone() else {
                continue;
            };
            let headers = self.streams.get(&stream).map(|stream| &stream.headers);
            // What nobody was told of needs no erasing.
            erased.frames.retain(|frame| {
                let known = headers.and_then(|known| known.get(&(frame.device, frame.dev_seq)));
                let mut bodies = bodies.iter();
                known == Some(&frame.header) && bodies.any(|(header, _)| *header == frame.header)
            });
            let is_told = |header: &Hash| erased.frames.iter().any(|frame| frame.header == *header);
            let bodies: Redacted = bodies
                .into_iter()
                .filter(|(header, _)| is_told(header))
                .collect();
            effects.forget(Table::Circles, rows::unsaid_key(&self.id, &name));
            let head = self.pack_head(stream, draw)?;
            let mut gone = Vec::new();
            for item in pack.items() {
                if let PackItem::Kept { change, .. } = item {
                    gone.push((super::random(draw)?, change.clone()));
                }
            }
            let pack = Pack::new(&head, gone)?;
            self.keep_erase_frame(stream, erased, &pack, &head, bodies, draw, effects)?;
        }
        Ok(())
    }

    fn read_unsaid(&self, stream: StreamId, frame: &[u8]) -> Option<(Header, Pack)> {
        let frame = Frame::decode(frame).ok()?;
        Some((frame.header.read().ok()?, self.open(stream, &frame)?))
    }

    /// The frame with a body that lacks these changes, in the same epoch.
    fn redact(
        &self,
        stream: StreamId,
        losing: &Losing,
        draw: Draw<'_>,
    ) -> Result<Option<Frame>, WaitingError> {
        let Ok(frame) = Frame::decode(&losing.frame) else {
            return Ok(None);
        };
        let (Some(mut pack), Ok(epoch)) = (self.open(stream, &frame), frame.epoch()) else {
            return Ok(None);
        };
        let Some(key) = self.keys.get(&(stream, epoch)) else {
            return Ok(None);
        };
        for index in &losing.indices {
            pack.take_out(usize::try_from(*index).unwrap_or(usize::MAX));
        }
        let (place, header) = (self.place(stream), frame.header.hash());
        let body = Body::seal(&pack, &place, &header, epoch, key, super::random(draw)?)?;
        Ok(Some(Frame::new(frame.header, &body)))
    }

    /// An erase frame of another device: what it was allowed to name is asked for again, as it
    /// is now, and never taken back as it was.
    pub(super) fn take_erasure(
        &mut self,
        name: &FrameName,
        header: &Header,
        placed: Option<Placed>,
        news: News,
        effects: &mut Effects,
    ) {
        let Some(erased) = &header.erased else {
            return;
        };
        // Its own were done here before they were told, unless they were told elsewhere.
        let may_be_elsewhere = placed.is_some() && self.is_waiting_for_keys();
        let is_done = name.device == self.me.device && !may_be_elsewhere;
        for frame in &erased.frames {
            let (signer, author) = (&name.device, &frame.device);
            let seq = header.control.seq;
            let allowed = self
                .circle
                .check_erase_at(signer, author, &name.stream, seq);
            let stream = self.streams.entry(name.stream).or_default();
            let known = stream.headers.get(&(frame.device, frame.dev_seq));
            if allowed.is_err() || known.is_some_and(|known| *known != frame.header) {
                continue;
            }
            let key = (frame.device, frame.dev_seq);
            stream.note_substitute(key, frame.body);
            if is_done {
                continue;
            }
            if news == News::Told {
                stream.recalled.named.insert(key, frame.body);
                continue;
            }
            stream.redactions.insert(key, frame.body);
            stream.missing.insert(key);
            let erased = FrameName {
                stream: name.stream,
                device: frame.device,
                dev_seq: frame.dev_seq,
            };
            keep(effects, rows::redaction(&self.id, &erased, &frame.body));
        }
    }

    /// Whether the frame is known to have lost something that is still in it here.
    #[must_use]
    pub fn awaits_redaction(&self, name: &FrameName) -> bool {
        let stream = self.streams.get(&name.stream);
        let key = (name.device, name.dev_seq);
        stream.is_some_and(|stream| stream.redactions.contains_key(&key))
    }

    /// The redacted bodies that go with an own erase frame.
    pub(super) fn bodies_for(&self, stream: StreamId, dev_seq: u64) -> Vec<(Hash, Vec<u8>)> {
        let known = self.streams.get(&stream);
        let bodies = known.and_then(|known| known.bodies.get(&dev_seq));
        bodies.cloned().unwrap_or_default()
    }
}

impl Stream {
    fn note_substitute(&mut self, frame: (DeviceId, u64), body: Hash) {
        self.substitutes.entry(frame).or_default().insert(body);
    }
}
