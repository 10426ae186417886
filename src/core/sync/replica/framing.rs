//! Waiting changes become frames: signed once, and kept before their first byte is sent.

use super::found::keep;
use super::{Draw, Effects, FrameName, OpenedChange, OpenedFrame, Replica, random, rows};
use crate::ports::{Expected, NoRandomness, Table};
use crate::sync::merge::RowKey;
use hearth_protocol::frame::{
    Body, BodyError, ChainPoint, Frame, FrameKind, Header, Pack, PackError, PackHead, Seen,
};
use hearth_protocol::limits::{LONGEST_PACK, MOST_BLOBS_NAMED, MOST_CHANGES};
use hearth_protocol::{BlobId, Change, ChangeError, Hash, Key, StreamId};

/// Bytes of a pack that are not changes: its head with all that can be seen, and the forms.
const PACK_OVERHEAD: usize = 24 * 1024;

/// Bytes that a change takes in a pack besides its own: a salt and their forms.
const CHANGE_OVERHEAD: usize = 32;

/// A change that no frame holds yet.
pub struct Waiting {
    /// The row in which it waits.
    pub row: RowKey,
    /// What it says.
    pub change: Change,
    /// The attachments it brings, and how long they are sealed.
    pub blobs: Vec<(BlobId, u64)>,
}

/// An own frame that erases, that no server took, and whose device is another one now.
pub(super) struct Unsaid {
    pub(super) name: FrameName,
    pub(super) frame: Vec<u8>,
    pub(super) bodies: Vec<(Hash, Vec<u8>)>,
}

/// What a pack head says of having seen.
pub(super) type Claims = Vec<Seen>;

/// Why changes stay waiting. They lose nothing by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaitingError {
    /// See [`NoRandomness`].
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// No key of this stream has come yet.
    #[error("no key of this stream is here")]
    NoKey,
    /// See [`ChangeError`].
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// See [`PackError`].
    #[error(transparent)]
    Pack(#[from] PackError),
    /// See [`BodyError`].
    #[error(transparent)]
    Body(#[from] BodyError),
}

impl Replica {
    /// Frames changes, in order, as many to a frame as it holds. Done before rows of others
    /// are taken in, so that what the frames say of having seen is true of every change.
    ///
    /// # Errors
    /// See [`WaitingError`].
    pub fn frame_waiting(
        &mut self,
        stream: StreamId,
        waiting: Vec<Waiting>,
        draw: Draw<'_>,
    ) -> Result<Effects, WaitingError> {
        let mut effects = Effects::default();
        let mut waiting = waiting.into_iter().peekable();
        while waiting.peek().is_some() {
            let (mut room, mut blobs) = (LONGEST_PACK - PACK_OVERHEAD, MOST_BLOBS_NAMED);
            let mut together: Vec<(Waiting, Vec<u8>)> = Vec::new();
            while let Some(next) = waiting.peek() {
                let bytes = next.change.encode()?;
                let (cost, named) = (bytes.len() + CHANGE_OVERHEAD, next.blobs.len());
                let is_fitting = cost <= room && named <= blobs && together.len() < MOST_CHANGES;
                if !is_fitting && !together.is_empty() {
                    break;
                }
                (room, blobs) = (room.saturating_sub(cost), blobs.saturating_sub(named));
                together.extend(waiting.next().map(|next| (next, bytes)));
            }
            self.frame_together(stream, together, draw, &mut effects)?;
        }
        self.erase_unsaid(stream, draw, &mut effects)?;
        self.end_rekey(&mut effects);
        Ok(effects)
    }

    fn frame_together(
        &mut self,
        stream: StreamId,
        together: Vec<(Waiting, Vec<u8>)>,
        draw: Draw<'_>,
        effects: &mut Effects,
    ) -> Result<(), WaitingError> {
        let head = self.pack_head(stream, draw)?;
        let mut salts = [[0; 16]; MOST_CHANGES];
        draw(salts.as_flattened_mut())?;
        let (together, changes): (Vec<Waiting>, Vec<Vec<u8>>) = together.into_iter().unzip();
        let pack = Pack::new(&head, salts.into_iter().zip(changes))?;
        let named = together.iter().flat_map(|waiting| &waiting.blobs);
        let header = Header {
            kind: FrameKind::Changes.number(),
            blobs: named.copied().collect(),
            ..self.header(stream, &pack)
        };
        let name = self.keep_own_frame(stream, &header, &pack, &head.seen, draw, effects)?;
        for waiting in &together {
            // Another tab may have framed it, or moved it into another circle.
            effects.expect(Table::Changes, waiting.row.to_vec(), Expected::Something);
            effects.forget(Table::Changes, waiting.row.to_vec());
        }
        let numbered = (0..).zip(together);
        effects.opened.push(OpenedFrame {
            name,
            person: self.me.person,
            placed: None,
            later: 0,
            changes: numbered
                .map(|(index, waiting)| OpenedChange {
                    index,
                    was: Some(waiting.row),
                    change: waiting.change,
                })
                .collect(),
        });
        Ok(())
    }

    /// A header for the next frame of this device; kind, blobs and erasures are the caller's.
    pub(super) fn header(&self, stream: StreamId, pack: &Pack) -> Header {
        let last = self.own_chain(stream);
        Header {
            device: self.me.device,
            dev_seq: last.dev_seq + 1,
            prev: last.header,
            kind: FrameKind::Changes.number(),
            control: self.circle.head(),
            blobs: Vec::new(),
            root: pack.root(),
            extensions: Vec::new(),
            erased: None,
        }
    }

    /// Signs the header, seals the body, and has the frame kept before anything is sent.
    pub(super) fn keep_own_frame(
        &mut self,
        stream: StreamId,
        header: &Header,
        pack: &Pack,
        seen: &[Seen],
        draw: Draw<'_>,
        effects: &mut Effects,
    ) -> Result<FrameName, WaitingError> {
        let place = self.place(stream);
        let signed = header.sign(&place, self.me.signer());
        let (epoch, key) = self.newest_key(&stream).ok_or(WaitingError::NoKey)?;
        let hash = signed.hash();
        let body = Body::seal(pack, &place, &hash, epoch, key, random(draw)?)?;
        let frame = Frame::new(signed, &body);
        let name = FrameName {
            stream,
            device: header.device,
            dev_seq: header.dev_seq,
        };
        // Two frames of one number would be two histories.
        effects.expect(Table::Frames, rows::frame_key(&name), Expected::Nothing);
        keep(effects, rows::frame(&name, &frame.encode(), None));
        let known = self.streams.entry(stream).or_default();
        let point = ChainPoint {
            dev_seq: header.dev_seq,
            header: hash,
        };
        known.chains.insert(header.device, point);
        known.headers.insert((header.device, header.dev_seq), hash);
        known.seen.add(header.device, header.dev_seq, &hash, seen);
        known.outbox.insert(header.dev_seq, frame);
        Ok(name)
    }

    /// The body of an own frame under the present epoch: a new one where the epoch moved on.
    pub(super) fn reseal(&self, stream: StreamId, frame: &Frame, draw: Draw<'_>) -> Option<Frame> {
        let (epoch, key) = self.newest_key(&stream)?;
        let old = frame.epoch().ok()?;
        if old == epoch {
            return Some(frame.clone());
        }
        let place = self.place(stream);
        let pack = frame.open(&place, self.keys.get(&(stream, old))?).ok()?;
        let nonce = random(draw).ok()?;
        let body = Body::seal(&pack, &place, &frame.header.hash(), epoch, key, nonce).ok()?;
        Some(Frame::new(frame.header.clone(), &body))
    }

    /// The newest epoch whose key is here: mostly the present one.
    pub(super) fn newest_key(&self, stream: &StreamId) -> Option<(u64, &Key)> {
        let mut all = self.keys.range((*stream, 0)..=(*stream, u64::MAX));
        all.next_back().map(|((_, epoch), key)| (*epoch, key))
    }

    /// Whether the key of the present epoch is here.
    pub(super) fn has_present_key(&self, stream: &StreamId) -> bool {
        let newest = self.newest_key(stream).map(|(epoch, _)| epoch);
        newest.is_some() && newest == self.circle.epoch(stream)
    }

    pub(super) fn pack_head(
        &mut self,
        stream: StreamId,
        draw: Draw<'_>,
    ) -> Result<PackHead, NoRandomness> {
        let before = self.claims_before(&stream);
        let known = self.streams.entry(stream).or_default();
        let log = known.have.as_ref();
        Ok(PackHead {
            salt: random(draw)?,
            log: log.map(|point| (point.log, point.seq, point.running.short())),
            seen: before.unwrap_or_else(|| known.seen.claims_of(self.me.device)),
        })
    }

    pub(super) fn own_chain(&self, stream: StreamId) -> ChainPoint {
        let known = self.streams.get(&stream);
        let own = known.and_then(|known| known.chains.get(&self.me.device));
        own.copied().unwrap_or(ChainPoint::START)
    }
}
