//! Rows of the log: every one follows the one before, the newest of each device is signed by
//! it, and the server's signed head covers them, or none of them counts.

use super::found::keep;
use super::request::Pushed;
use super::{AnswerError, Effects, FrameName, OpenedChange, OpenedFrame, Replica, Trouble, rows};
use crate::sync::merge::Placed;
use hearth_protocol::control::{Authorship, AuthorshipError};
use hearth_protocol::exchange::{FrameCode, LogRow, StreamAnswer};
use hearth_protocol::frame::{Frame, FrameKind, Header, Pack, PackItem};
use hearth_protocol::log::LogPoint;
use hearth_protocol::{Change, ChangeError, DeviceId, FormError, PersonId, SortedMap, StreamId};

/// Whether a frame just came or was kept before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Fresh,
    Told,
}

/// Whether a frame counts.
pub(super) enum Judged {
    /// It does, and it is this person's.
    Counts(PersonId, Box<Header>),
    /// A control entry, a key or an update is missing.
    NotYet,
    /// Its body is none that its author could have sealed: whoever has a good one gives it.
    NotThisBody,
    /// Its author was not allowed to write it.
    Void,
}

impl Replica {
    pub(super) fn take_rows(
        &mut self,
        answer: &StreamAnswer,
        pushed: &[Pushed],
        effects: &mut Effects,
    ) -> Result<(), AnswerError> {
        let id = answer.stream;
        if answer.holds.is_some() {
            return Ok(());
        }
        let Some(mut point) = self.point_before(answer)? else {
            return Ok(());
        };
        self.check_expected(&id, &point)?;
        let has_moved = self.has_moved(&point, id);
        if has_moved {
            self.ask_about_gaps(&id);
        }
        let mut newest: SortedMap<DeviceId, Frame> = SortedMap::new();
        for row in &answer.rows {
            let frame = frame_of(row, answer, pushed)?;
            point = point
                .after(&row.row(&frame))
                .map_err(|_| AnswerError::Row)?;
            self.check_expected(&id, &point)?;
            let placed = Placed {
                seq: row.seq,
                received_at: row.received_at,
            };
            self.take_frame(id, &frame, placed, &mut newest, effects)?;
        }
        self.check_signatures(id, &newest)?;
        let head = answer.head.as_ref();
        if let Some(head) = head.filter(|_| has_moved || !answer.rows.is_empty()) {
            let server = self.server_key().ok_or(AnswerError::Head)?;
            let is_covered = head.covers(&self.place(id), &point);
            if !is_covered || head.verify(&server).is_err() {
                return Err(AnswerError::Head);
            }
            keep(effects, rows::log(&self.id, &id, &point, head));
            let stream = self.streams.entry(id).or_default();
            stream.have = Some(point);
            stream.shown = Some(head.clone());
        } else if !answer.rows.is_empty() {
            return Err(AnswerError::Head);
        }
        let stream = self.streams.entry(id).or_default();
        stream.has_more = answer.more;
        if !answer.more {
            self.finish_reading(id, effects);
            self.end_repair_if_told(&id, effects);
        }
        Ok(())
    }

    fn take_frame(
        &mut self,
        id: StreamId,
        frame: &Frame,
        placed: Placed,
        newest: &mut SortedMap<DeviceId, Frame>,
        effects: &mut Effects,
    ) -> Result<(), AnswerError> {
        let outline = frame.header.outline().map_err(|_| AnswerError::Frame)?;
        let name = FrameName {
            stream: id,
            device: outline.device,
            dev_seq: outline.dev_seq,
        };
        let reads_late = self.reads_late(&id);
        let stream = self.streams.entry(id).or_default();
        if let Some(newest) = &mut stream.anew {
            newest.insert(outline.device, outline.dev_seq);
        }
        if let Some(repair) = &mut stream.repair {
            repair.note_row(outline.device, outline.dev_seq);
        }
        if let Some(known) = stream.headers.get(&(outline.device, outline.dev_seq)) {
            if *known != outline.hash {
                return Err(self.another_header(name));
            }
            stream.note_epoch((outline.device, outline.dev_seq), frame);
            match stream.outbox.remove(&outline.dev_seq) {
                Some(own) if outline.device == self.me.device => {
                    // It may have been sealed again. No body is lost for one that does not open.
                    let own = match own == *frame {
                        true => own,
                        false => match self.open(id, frame) {
                            Some(_) => frame.clone(),
                            None => own,
                        },
                    };
                    keep(effects, rows::frame(&name, &own.encode(), Some(placed)));
                }
                other => {
                    if let Some(own) = other {
                        stream.outbox.insert(outline.dev_seq, own);
                    }
                    effects.moved.push((name, placed));
                }
            }
            effects.placed.push((name, placed));
            return Ok(());
        }
        // A store on its way to new keys knows that its old ones may be in use elsewhere.
        if outline.device == self.me.device && !self.is_waiting_for_keys() {
            self.trouble = Some(Trouble::StoreWentBack);
        }
        if self.fills_gap(&id, &outline, frame) {
            // It was here once, and a backup was brought back without it.
            keep(effects, rows::frame(&name, &frame.encode(), Some(placed)));
            let opened = self.read_frame(name, frame, Some(placed), News::Fresh, effects);
            effects.opened.extend(opened);
            return Ok(());
        }
        if reads_late && self.is_from_before(&id, &outline) {
            self.verify(id, frame, &outline.device)?;
            self.take_from_before(name, frame, placed, effects);
            return Ok(());
        }
        let before = match reads_late {
            true => self.chain_of_late(id, &outline, newest)?,
            false => self.chain_of(&id, &outline.device),
        };
        let point = before.after(&outline).map_err(|_| AnswerError::Frame)?;
        let stream = self.streams.entry(id).or_default();
        stream.chains.insert(outline.device, point);
        newest.insert(outline.device, frame.clone());
        keep(effects, rows::frame(&name, &frame.encode(), Some(placed)));
        let opened = self.read_frame(name, frame, Some(placed), News::Fresh, effects);
        effects.opened.extend(opened);
        Ok(())
    }

    pub(super) fn verify(
        &self,
        id: StreamId,
        frame: &Frame,
        device: &DeviceId,
    ) -> Result<(), AnswerError> {
        let keys = self.circle.keys(device).ok_or(AnswerError::Frame)?;
        let verified = frame.header.verify(&self.place(id), &keys.signing);
        verified.map_err(|_| AnswerError::Frame)
    }

    /// Judges and opens a frame that is chained, and remembers what its author had seen.
    pub(super) fn read_frame(
        &mut self,
        name: FrameName,
        frame: &Frame,
        placed: Option<Placed>,
        news: News,
        effects: &mut Effects,
    ) -> Option<OpenedFrame> {
        let hash = frame.header.hash();
        let pack = self.open(name.stream, frame);
        let claims = pack.as_ref().and_then(|pack| pack.head().ok());
        let claims = claims.map(|head| head.seen).unwrap_or_default();
        let stream = self.streams.entry(name.stream).or_default();
        stream.headers.insert((name.device, name.dev_seq), hash);
        if placed.is_some() {
            stream.note_epoch((name.device, name.dev_seq), frame);
        }
        let added = stream.seen.add(name.device, name.dev_seq, &hash, &claims);
        effects.must_rebuild |= added.must_rebuild;
        let (person, header) = match self.judge(&name, frame) {
            Judged::Counts(person, header) => (person, header),
            Judged::Void => return None,
            Judged::NotYet => {
                self.close(&name);
                return None;
            }
            Judged::NotThisBody => {
                self.close_and_ask(&name, placed);
                return None;
            }
        };
        if header.kind == FrameKind::Erase.number() {
            self.take_erasure(&name, &header, placed, news, effects);
        }
        let Some(pack) = pack else {
            let key = frame.epoch().ok().map(|epoch| (name.stream, epoch));
            match key.is_some_and(|key| self.keys.contains_key(&key)) {
                true => self.close_and_ask(&name, placed),
                false => self.close(&name),
            }
            return None;
        };
        let is_taken = |item: &PackItem| matches!(item, PackItem::TakenOut(_));
        if news == News::Told && pack.items().iter().any(is_taken) {
            let stream = self.streams.entry(name.stream).or_default();
            let done = &mut stream.recalled.done;
            done.insert((name.device, name.dev_seq));
        }
        Some(opened(name, person, placed, &pack))
    }

    fn close(&mut self, name: &FrameName) {
        let stream = self.streams.entry(name.stream).or_default();
        stream.closed.insert((name.device, name.dev_seq));
    }

    fn close_and_ask(&mut self, name: &FrameName, placed: Option<Placed>) {
        self.close(name);
        if placed.is_some() {
            let stream = self.streams.entry(name.stream).or_default();
            stream.missing.insert((name.device, name.dev_seq));
        }
    }

    pub(super) fn open(&self, stream: StreamId, frame: &Frame) -> Option<Pack> {
        let key = self.keys.get(&(stream, frame.epoch().ok()?))?;
        frame.open(&self.place(stream), key).ok()
    }

    pub(super) fn judge(&self, name: &FrameName, frame: &Frame) -> Judged {
        let header = match frame.header.read() {
            Ok(header) if header.is_understood() => header,
            Ok(_) | Err(FormError::Later(_)) => return Judged::NotYet,
            Err(_) => return Judged::Void,
        };
        let epoch = match frame.epoch() {
            Ok(epoch) => epoch,
            Err(FormError::Later(_)) => return Judged::NotYet,
            Err(_) => return Judged::NotThisBody,
        };
        let authorship = Authorship {
            device: name.device,
            stream: name.stream,
            dev_seq: name.dev_seq,
            header: frame.header.hash(),
            control: header.control.clone(),
            epoch,
        };
        match (
            self.circle.check_authorship(&authorship),
            self.circle.person(&name.device),
        ) {
            (Ok(()), Some(person)) => Judged::Counts(person, Box::new(header)),
            (Err(AuthorshipError::NotYet(_)), _) => Judged::NotYet,
            (Err(AuthorshipError::Epoch(_)), _) => Judged::NotThisBody,
            _ => Judged::Void,
        }
    }

    /// The point that the answer's rows follow.
    fn point_before(&self, answer: &StreamAnswer) -> Result<Option<LogPoint>, AnswerError> {
        let place = self.place(answer.stream);
        let have = self
            .streams
            .get(&answer.stream)
            .and_then(|stream| stream.have.clone());
        match have {
            Some(have) if have.log == answer.log => {
                let later = self.late_start(answer);
                Ok(Some(
                    later.filter(|start| start.seq > have.seq).unwrap_or(have),
                ))
            }
            Some(_) if answer.rows.is_empty() => Ok(None),
            Some(_) => Err(AnswerError::Row),
            None => Ok(Some(
                self.late_start(answer)
                    .unwrap_or_else(|| LogPoint::start(&place, answer.log)),
            )),
        }
    }

    /// Whether the rows do not follow those that are here.
    fn has_moved(&self, point: &LogPoint, id: StreamId) -> bool {
        let have = self
            .streams
            .get(&id)
            .and_then(|stream| stream.have.as_ref());
        have.is_none_or(|have| have != point)
    }

    /// The newest frame of each device stands for the chain below it.
    fn check_signatures(
        &self,
        id: StreamId,
        newest: &SortedMap<DeviceId, Frame>,
    ) -> Result<(), AnswerError> {
        let mut all = newest.iter();
        all.try_for_each(|(device, frame)| self.verify(id, frame, device))
    }

    fn another_header(&mut self, name: FrameName) -> AnswerError {
        if name.device == self.me.device {
            self.trouble = Some(Trouble::StoreWentBack);
        }
        AnswerError::Frame
    }
}

/// A row without bytes is a frame that came in this very request.
fn frame_of(row: &LogRow, answer: &StreamAnswer, pushed: &[Pushed]) -> Result<Frame, AnswerError> {
    if !row.frame.is_empty() {
        return Frame::decode(&row.frame).map_err(|_| AnswerError::Frame);
    }
    let mut both = pushed.iter().zip(&answer.pushed);
    let is_taken = |code| matches!(code, FrameCode::New | FrameCode::Duplicate);
    let own = both.find(|(_, result)| is_taken(result.code) && result.detail == row.seq);
    let (own, _) = own.ok_or(AnswerError::Row)?;
    Frame::decode(&own.frame).map_err(|_| AnswerError::Frame)
}

pub(super) fn opened(
    name: FrameName,
    person: PersonId,
    placed: Option<Placed>,
    pack: &Pack,
) -> OpenedFrame {
    let mut frame = OpenedFrame {
        name,
        person,
        placed,
        changes: Vec::with_capacity(pack.items().len()),
        later: 0,
    };
    for (index, item) in (0..).zip(pack.items()) {
        let PackItem::Kept { change, .. } = item else {
            continue;
        };
        match Change::decode(change) {
            Ok(change) => frame.changes.push(OpenedChange {
                index,
                was: None,
                change,
            }),
            Err(ChangeError::Later(_)) => frame.later += 1,
            // Signed by its author and no change: there is nothing in it to show.
            Err(_) => {}
        }
    }
    frame
}
