//! Which frames come in. The order of the questions is `docs/protocol.md`'s: form, signature, held, the same number, the next
//! number, the rights, size and quota.

use std::collections::BTreeMap;

use hearth_protocol::control::{Authorship, Circle};
use hearth_protocol::exchange::{FrameAnswer, FrameCode, Refusal};
use hearth_protocol::frame::{ChainError, ChainPoint, Frame, Outline, Place};
use hearth_protocol::log::{LogPoint, Row};
use hearth_protocol::{BlobId, DeviceId, Hash, Millis};

use super::erase::{Erasing, read_erasures};
use super::pushed::{Pushed, ReadFrame};
use crate::db::{Erasure, LogView, NamedRow, NewRow};
use crate::journal::Erased;

/// What a judgement is made by.
pub(crate) struct Judge<'a> {
    pub(crate) place: Place,
    pub(crate) circle: &'a Circle,
    /// With every name of [`Pushed::names`].
    pub(crate) view: &'a LogView,
    pub(crate) now: Millis,
    /// Bytes that the circle may take.
    pub(crate) circle_bytes: u64,
}

/// What becomes of each frame, and what the database has to do for it.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) answers: Vec<FrameAnswer>,
    pub(crate) rows: Vec<NewRow>,
    pub(crate) erasures: Vec<Erasure>,
    pub(crate) erased_blobs: Vec<BlobId>,
}

impl Verdict {
    /// Whether the database has nothing to do.
    pub(crate) fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.erasures.is_empty() && self.erased_blobs.is_empty()
    }

    /// What a journal has to keep of it.
    pub(crate) fn erased(&self, place: &Place) -> Option<Erased> {
        let is_any = !self.erasures.is_empty() || !self.erased_blobs.is_empty();
        is_any.then(|| Erased {
            place: *place,
            frames: self.erasures.clone(),
            blobs: self.erased_blobs.clone(),
        })
    }
}

impl Judge<'_> {
    pub(crate) fn judge(&self, pushed: &Pushed<'_>) -> Verdict {
        let mut bench = Bench {
            judge: self,
            end: self.view.end.clone(),
            ends: self.view.ends.clone(),
            named: self.view.named.clone(),
            used: self.view.used,
            verdict: Verdict {
                answers: Vec::new(),
                rows: Vec::new(),
                erasures: Vec::new(),
                erased_blobs: Vec::new(),
            },
        };
        for read in &pushed.frames {
            let answer = match read {
                Ok(read) => bench.hear(read).unwrap_or_else(|answer| answer),
                Err(refusal) => FrameAnswer::refused(*refusal),
            };
            bench.verdict.answers.push(answer);
        }
        bench.verdict
    }
}

/// The log as it would be after the frames so far.
struct Bench<'a> {
    judge: &'a Judge<'a>,
    end: LogPoint,
    ends: BTreeMap<DeviceId, ChainPoint>,
    named: BTreeMap<(DeviceId, u64), NamedRow>,
    used: u64,
    verdict: Verdict,
}

impl Bench<'_> {
    /// Takes one frame in, or says in `Err` why not.
    fn hear(&mut self, read: &ReadFrame<'_>) -> Result<FrameAnswer, FrameAnswer> {
        self.check_signature(read)?;
        if self.judge.view.held.contains(&read.header.device) {
            return Err(FrameAnswer::refused(Refusal::Held));
        }
        if let Err(answer) = self.check_number(read) {
            if answer.code == FrameCode::Duplicate {
                self.erase_rest(read);
            }
            return Err(answer);
        }
        self.check_rights(read)?;
        let erasing = self.read_erasing(read)?;
        let (frame, epoch) = self.read_bytes(read);
        let used = self.used + frame.len() as u64 + erasing.bytes();
        if used > self.judge.circle_bytes {
            return Err(FrameAnswer::refused(Refusal::Quota));
        }
        self.append(read, frame, epoch, used)?;
        self.verdict.erasures.extend(erasing.frames);
        self.verdict.erased_blobs.extend(erasing.blobs);
        Ok(answer(FrameCode::New, self.end.seq))
    }

    fn check_signature(&self, read: &ReadFrame<'_>) -> Result<(), FrameAnswer> {
        let keys = self.judge.circle.keys(&read.header.device);
        let keys = keys.ok_or_else(|| FrameAnswer::refused(Refusal::NotActive))?;
        let verified = read.signed.verify(&self.judge.place, &keys.signing);
        verified.map_err(|_| FrameAnswer::refused(Refusal::BadSignature))
    }

    fn check_number(&self, read: &ReadFrame<'_>) -> Result<(), FrameAnswer> {
        let header = &read.header;
        let end = self.ends.get(&header.device).copied();
        let end = end.unwrap_or(ChainPoint::START);
        let outline = Outline {
            version: 1,
            device: header.device,
            dev_seq: header.dev_seq,
            prev: header.prev,
            hash: read.hash,
        };
        let seq_of = |dev_seq| self.named.get(&(header.device, dev_seq));
        match end.after(&outline) {
            Ok(_) => Ok(()),
            Err(ChainError::Gap(next)) => Err(answer(FrameCode::Gap, next)),
            Err(ChainError::Taken) => Err(match seq_of(header.dev_seq) {
                Some(row) if row.header == read.hash => answer(FrameCode::Duplicate, row.seq),
                row => answer(FrameCode::Conflict, row.map_or(0, |row| row.seq)),
            }),
            // It follows a frame that another one stands for here.
            Err(ChainError::OtherHistory) => Err(answer(
                FrameCode::Conflict,
                seq_of(end.dev_seq).map_or(0, |row| row.seq),
            )),
        }
    }

    fn check_rights(&self, read: &ReadFrame<'_>) -> Result<(), FrameAnswer> {
        let authorship = Authorship {
            device: read.header.device,
            stream: self.judge.place.stream,
            dev_seq: read.header.dev_seq,
            header: read.hash,
            control: read.header.control.clone(),
            epoch: read.epoch,
        };
        let circle = self.judge.circle;
        let checked = match read.pushed.again {
            true => circle.check_authorship(&authorship),
            false => circle.check_append(&authorship),
        };
        checked.map_err(FrameAnswer::from)
    }

    /// Who may not erase gets the whole frame refused; one that was acknowledged before stays in the chain of its device, and
    /// erases as much as may be.
    fn read_erasing(&self, read: &ReadFrame<'_>) -> Result<Erasing, FrameAnswer> {
        let judge = self.judge;
        match read_erasures(read, judge, &self.named) {
            Ok(erasing) => Ok(erasing),
            Err(partly) if read.pushed.again => Ok(partly),
            Err(_) => Err(FrameAnswer::refused(Refusal::MayNotErase)),
        }
    }

    /// An erase frame that is here already may bring bodies which whoever told it again did not have.
    fn erase_rest(&mut self, read: &ReadFrame<'_>) {
        let erasing = match read_erasures(read, self.judge, &self.named) {
            Ok(whole) | Err(whole) => whole,
        };
        let view = self.judge.view;
        let frames = erasing.frames.into_iter();
        let rest = frames.filter(|erasure| {
            let name = (erasure.device, erasure.dev_seq);
            view.redacted
                .get(&name)
                .is_none_or(|(header, _)| *header != erasure.header)
        });
        self.verdict.erasures.extend(rest);
        let blobs = erasing.blobs.into_iter();
        let here = blobs.filter(|blob| view.authors.contains_key(blob));
        self.verdict.erased_blobs.extend(here);
    }

    /// The frame as it is kept, and its epoch: an erased body does not come back.
    fn read_bytes(&self, read: &ReadFrame<'_>) -> (Vec<u8>, u64) {
        let name = (read.header.device, read.header.dev_seq);
        let redacted = self.judge.view.redacted.get(&name);
        let redacted = redacted.filter(|(header, _)| *header == read.hash);
        let redacted = redacted.and_then(|(_, body)| {
            let mut frame = Frame::decode(&read.pushed.frame).ok()?;
            frame.body.clone_from(body);
            let epoch = frame.epoch().unwrap_or(read.epoch);
            Some((frame.encode(), epoch))
        });
        redacted.unwrap_or_else(|| (read.pushed.frame.clone(), read.epoch))
    }

    fn append(
        &mut self,
        read: &ReadFrame<'_>,
        frame: Vec<u8>,
        epoch: u64,
        used: u64,
    ) -> Result<(), FrameAnswer> {
        let row = Row {
            seq: self.end.seq + 1,
            // A clock that was set back does not take the log with it.
            received_at: self.judge.now.max(self.end.received_at),
            header: read.hash,
        };
        let end = self.end.after(&row);
        self.end = end.map_err(|_| FrameAnswer::refused(Refusal::Malformed))?;
        self.used = used;
        let header = &read.header;
        self.keep_name(header.device, header.dev_seq, read.hash, epoch);
        self.verdict.rows.push(NewRow {
            point: self.end.clone(),
            device: header.device,
            dev_seq: header.dev_seq,
            header: read.hash,
            epoch,
            blobs: header.blobs.clone(),
            frame,
        });
        Ok(())
    }

    fn keep_name(&mut self, device: DeviceId, dev_seq: u64, header: Hash, epoch: u64) {
        self.ends.insert(device, ChainPoint { dev_seq, header });
        let row = NamedRow {
            seq: self.end.seq,
            header,
            epoch,
        };
        self.named.insert((device, dev_seq), row);
    }
}

fn answer(code: FrameCode, detail: u64) -> FrameAnswer {
    FrameAnswer { code, detail }
}
