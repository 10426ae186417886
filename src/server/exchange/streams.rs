//! One stream of an exchange: what was pushed is judged and appended, then the rows that the device lacks are read.

use std::collections::BTreeSet;

use hearth_protocol::exchange::{FrameAnswer, FrameCode, LogRow, StreamAnswer, StreamRequest};
use hearth_protocol::frame::Place;
use hearth_protocol::log::SignedHead;
use hearth_protocol::{LogId, Sign as _};

use super::Work;
use super::entries::MOST_TRIES;
use crate::api::{No, Random};
use crate::db::{
    AppendOutcome, Database, DatabaseError, FramesAppend, LogQuestion, LogView, StoredRow,
};
use crate::journal::Record;
use crate::log::{Judge, Pull, Pushed, plan_pull};

/// Frames that one request may ask for by name.
const MOST_MISSING: usize = 1024;

/// Bytes of a row's fields in the answer.
const ROW: usize = 32;

impl<D: Database> Work<'_, D> {
    /// `None` for a stream that the device may not read.
    pub(super) async fn exchange_stream(
        &mut self,
        asked: &StreamRequest,
        random: &mut impl Random,
    ) -> Result<Option<StreamAnswer>, No> {
        let place = self.caller.place(asked.stream);
        if self.caller.reads_from(&asked.stream).is_none() {
            return Ok(None);
        }
        let went_back = self.begin_log(&place, asked, random).await?;
        let pushed = self.push(&place, asked).await?;
        // Its own entries could have ended the right to read, and so could others meanwhile.
        let Some(from_epoch) = self.caller.reads_from(&asked.stream) else {
            return Ok(None);
        };
        let question = self.question(asked, from_epoch);
        let view = self.view(&place, question).await?;
        let pull = plan_pull(&view, asked, went_back);
        self.answer_stream(&place, asked, pushed, &view, pull)
            .await
            .map(Some)
    }

    fn question(&self, asked: &StreamRequest, from_epoch: u64) -> LogQuestion {
        let have = asked.have.as_ref().map_or(0, |have| have.seq);
        let shown = asked.shown.as_ref().map_or(0, |shown| shown.seq);
        LogQuestion {
            points: vec![have, shown],
            from_epoch,
            lost: asked.shown.as_ref().map(|shown| shown.log),
            now: self.caller.now,
            ..LogQuestion::default()
        }
    }

    /// A log that is there, under a new name where the device shows our own signature on what it lacks.
    async fn begin_log(
        &mut self,
        place: &Place,
        asked: &StreamRequest,
        random: &mut impl Random,
    ) -> Result<bool, No> {
        let database = &self.api.database;
        let question = self.question(asked, 1);
        let view = match database.read_log(*place, question).await? {
            Some(view) => view,
            None => {
                database.open_log(*place, LogId(random.draw()?)).await?;
                self.view(place, self.question(asked, 1)).await?
            }
        };
        let Some(shown) = &asked.shown else {
            return Ok(false);
        };
        let key = self.api.identity.verify_key();
        let is_ours = shown.circle == place.circle
            && shown.stream == place.stream
            && shown.verify(&key).is_ok();
        let point = view.points.get(1).and_then(Option::as_ref);
        let is_there = point.is_some_and(|point| shown.covers(place, point));
        if !is_ours || is_there || view.was_ours {
            return Ok(false);
        }
        tracing::warn!("a log went back: it goes on under a new name");
        let fresh = LogId(random.draw()?);
        database
            .rename_log(*place, view.end.log, shown.log, fresh)
            .await?;
        self.has_changed = true;
        Ok(true)
    }

    async fn view(&self, place: &Place, question: LogQuestion) -> Result<LogView, No> {
        let view = self.api.database.read_log(*place, question).await?;
        Ok(view.ok_or(DatabaseError::Damaged("log"))?)
    }

    async fn push(&mut self, place: &Place, asked: &StreamRequest) -> Result<Vec<FrameAnswer>, No> {
        if asked.frames.is_empty() {
            return Ok(Vec::new());
        }
        let pushed = Pushed::read(&asked.frames);
        for _ in 0..MOST_TRIES {
            let question = LogQuestion {
                names: pushed.names(),
                blobs: pushed.erased_blobs(),
                ..self.question(asked, 1)
            };
            let view = self.view(place, question).await?;
            let judge = Judge {
                place: *place,
                circle: self.circle(),
                view: &view,
                now: self.caller.now,
                circle_bytes: self.api.settings.circle_bytes,
            };
            let verdict = judge.judge(&pushed);
            if verdict.is_nothing() {
                return Ok(verdict.answers);
            }
            if let Some(erased) = verdict.erased(place) {
                self.api.write_journal(&Record::Erased(erased))?;
            }
            let append = FramesAppend {
                place: *place,
                before: view.end.clone(),
                control: self.circle().head(),
                now: self.caller.now,
                rows: verdict.rows,
                erasures: verdict.erasures,
                erased_blobs: verdict.erased_blobs,
            };
            match self.api.database.append_frames(append).await? {
                AppendOutcome::Appended => {
                    self.has_changed = true;
                    return Ok(verdict.answers);
                }
                AppendOutcome::Moved => self.read_again().await?,
            }
        }
        Err(DatabaseError::Busy.into())
    }

    async fn answer_stream(
        &mut self,
        place: &Place,
        asked: &StreamRequest,
        pushed: Vec<FrameAnswer>,
        view: &LogView,
        pull: Pull,
    ) -> Result<StreamAnswer, No> {
        self.budget.take_stream(pushed.len());
        let mut answer = StreamAnswer {
            stream: asked.stream,
            log: view.end.log,
            pushed,
            rows: Vec::new(),
            head: None,
            more: false,
            holds: None,
            found: self.find_missing(place, asked, view.begins.seq).await?,
            start: None,
        };
        let (after, is_start) = match pull {
            Pull::Holds => {
                // One that does not fit is sent again for nothing, and is a duplicate.
                let ends = view.ends.iter();
                let ends = ends.take_while(|_| self.budget.try_take_name());
                answer.holds = Some(ends.map(|(device, end)| (*device, end.dev_seq)).collect());
                return Ok(answer);
            }
            Pull::Rows { after, is_start } => (after, is_start),
        };
        let database = &self.api.database;
        let rows = database
            .read_rows(*place, view.end.log, after.seq, self.budget.left())
            .await?;
        let end = rows.last().map_or(&after, |row| &row.point);
        answer.more = end.seq < view.end.seq;
        let head = SignedHead::sign(place, end, self.caller.now, &*self.api.identity);
        answer.head = Some(head);
        answer.start = is_start.then(|| after.clone());
        let came_now = rows_of(asked, &answer.pushed);
        answer.rows = rows
            .into_iter()
            .map(|row| match came_now.contains(&row.point.seq) {
                true => StoredRow {
                    frame: Vec::new(),
                    ..row
                },
                false => row,
            })
            .map(|row| self.answer_row(row))
            .collect();
        Ok(answer)
    }

    async fn find_missing(
        &mut self,
        place: &Place,
        asked: &StreamRequest,
        begins: u64,
    ) -> Result<Vec<LogRow>, No> {
        let names: BTreeSet<_> = asked.missing.iter().take(MOST_MISSING).copied().collect();
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.api.database.find_rows(*place, names, begins).await?;
        let mut found = Vec::new();
        for row in rows {
            if row.frame.len() + ROW <= self.budget.left() {
                found.push(self.answer_row(row));
            }
        }
        Ok(found)
    }

    fn answer_row(&mut self, row: StoredRow) -> LogRow {
        self.budget.try_take(row.frame.len() + ROW);
        LogRow {
            seq: row.point.seq,
            received_at: row.point.received_at,
            frame: row.frame,
        }
    }
}

/// The rows that this very request appended: whoever sent the frames has them. Of a frame that was told again
/// the body may be another one by now.
fn rows_of(asked: &StreamRequest, pushed: &[FrameAnswer]) -> BTreeSet<u64> {
    let both = asked.frames.iter().zip(pushed);
    let new = both.filter(|(frame, answer)| !frame.again && answer.code == FrameCode::New);
    new.map(|(_, answer)| answer.detail).collect()
}
