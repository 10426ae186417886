use std::collections::{BTreeMap, BTreeSet};

use hearth_protocol::frame::{ChainPoint, Place};
use hearth_protocol::log::{LogPoint, Row};
use hearth_protocol::{BlobId, DeviceId, LogId};

use super::{CircleRows, MemoryDatabase, blob};
use crate::db::log::{replace_body, row_cost};
use crate::db::{
    AppendOutcome, BlobRow, DatabaseError, Erasure, FramesAppend, LogDatabase, LogQuestion,
    LogView, NamedRow, NewRow, Stored, StoredRow,
};

#[derive(Clone, Debug)]
pub(super) struct StreamRows {
    start: LogPoint,
    past: BTreeSet<LogId>,
    pub(super) rows: Vec<NewRow>,
    pub(super) ends: BTreeMap<DeviceId, ChainPoint>,
    named: BTreeMap<(DeviceId, u64), u64>,
    erased: BTreeMap<(DeviceId, u64), Erasure>,
    pub(super) blobs: BTreeMap<BlobId, BlobRows>,
}

/// An attachment: its row, the row of the log that names it, and its bytes. One that was erased has no row.
#[derive(Clone, Debug)]
pub(super) struct BlobRows {
    pub(super) row: Option<(u64, BlobRow)>,
    pub(super) bytes: Vec<u8>,
}

impl StreamRows {
    fn begin(start: LogPoint) -> Self {
        Self {
            start,
            past: BTreeSet::new(),
            rows: Vec::new(),
            ends: BTreeMap::new(),
            named: BTreeMap::new(),
            erased: BTreeMap::new(),
            blobs: BTreeMap::new(),
        }
    }

    fn end(&self) -> LogPoint {
        let last = self.rows.last();
        last.map_or_else(|| self.start.clone(), |row| row.point.clone())
    }

    fn point(&self, seq: u64) -> Option<LogPoint> {
        match seq {
            0 => Some(self.start.clone()),
            _ => self.row(seq).map(|row| row.point.clone()),
        }
    }

    fn row(&self, seq: u64) -> Option<&NewRow> {
        let place = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.rows.get(place)
    }

    pub(super) fn begins(&self, epoch: u64) -> u64 {
        let first = self.rows.iter().position(|row| row.epoch >= epoch);
        first.unwrap_or(self.rows.len()) as u64
    }

    fn view(&self, circle: &CircleRows, question: &LogQuestion) -> LogView {
        let names = || question.names.iter();
        let named = names().filter_map(|name| {
            let row = self.row(*self.named.get(name)?)?;
            let found = NamedRow {
                seq: row.point.seq,
                header: row.header,
                epoch: row.epoch,
            };
            Some((*name, found))
        });
        let redacted = names().filter_map(|name| {
            let erasure = self.erased.get(name)?;
            Some((*name, (erasure.header, erasure.body.clone())))
        });
        let authors = question.blobs.iter().filter_map(|blob| {
            let (_, row) = self.blobs.get(blob)?.row.as_ref()?;
            Some((*blob, row.author))
        });
        let held = circle.holds.keys();
        let begins = self.point(self.begins(question.from_epoch));
        LogView {
            end: self.end(),
            used: circle.used,
            points: question.points.iter().map(|seq| self.point(*seq)).collect(),
            begins: begins.unwrap_or_else(|| self.end()),
            was_ours: question.lost.is_some_and(|lost| self.past.contains(&lost)),
            ends: self.ends.clone(),
            named: named.collect(),
            redacted: redacted.collect(),
            authors: authors.collect(),
            held: held
                .filter(|device| circle.is_held(device, question.now))
                .copied()
                .collect(),
        }
    }

    fn append(&mut self, row: NewRow) {
        let end = ChainPoint {
            dev_seq: row.dev_seq,
            header: row.header,
        };
        self.ends.insert(row.device, end);
        self.named.insert((row.device, row.dev_seq), row.point.seq);
        blob::name(self, &row);
        self.rows.push(row);
    }

    /// Bytes that went, and bytes that came.
    fn erase(&mut self, erasures: Vec<Erasure>, blobs: &[BlobId]) -> Stored<(u64, u64)> {
        let (mut gone, mut come) = (0, 0);
        for erasure in erasures {
            let name = (erasure.device, erasure.dev_seq);
            let seq = self.named.get(&name).copied().unwrap_or(0);
            let place = usize::try_from(seq).unwrap_or(0).checked_sub(1);
            if let Some(row) = place.and_then(|place| self.rows.get_mut(place))
                && row.header == erasure.header
            {
                gone += row.frame.len() as u64;
                row.frame = replace_body(&row.frame, &erasure.body)?;
                come += row.frame.len() as u64;
            }
            self.erased.insert(name, erasure);
        }
        for blob in blobs {
            gone += blob::erase(self, blob);
        }
        Ok((gone, come))
    }
}

impl LogDatabase for MemoryDatabase {
    async fn read_log(&self, place: Place, question: LogQuestion) -> Stored<Option<LogView>> {
        let rows = self.lock();
        let circle = rows.circles.get(&place.circle);
        let view = circle.and_then(|circle| {
            let log = circle.logs.get(&place.stream)?;
            Some(log.view(circle, &question))
        });
        Ok(view)
    }

    async fn open_log(&self, place: Place, fresh: LogId) -> Stored<()> {
        let mut rows = self.lock();
        if let Some(circle) = rows.circles.get_mut(&place.circle) {
            let log = circle.logs.entry(place.stream);
            log.or_insert_with(|| StreamRows::begin(LogPoint::start(&place, fresh)));
        }
        Ok(())
    }

    async fn rename_log(&self, place: Place, old: LogId, lost: LogId, fresh: LogId) -> Stored<()> {
        let mut rows = self.lock();
        let circle = rows.circles.get_mut(&place.circle);
        let log = circle.and_then(|circle| circle.logs.get_mut(&place.stream));
        let Some(log) = log.filter(|log| log.start.log == old) else {
            return Ok(());
        };
        log.past.extend([old, lost]);
        log.start = LogPoint::start(&place, fresh);
        let mut point = log.start.clone();
        for row in &mut log.rows {
            let next = Row {
                seq: row.point.seq,
                received_at: row.point.received_at,
                header: row.header,
            };
            point = point
                .after(&next)
                .map_err(|_| DatabaseError::Damaged("row"))?;
            row.point = point.clone();
        }
        Ok(())
    }

    async fn append_frames(&self, append: FramesAppend) -> Stored<AppendOutcome> {
        let mut rows = self.lock();
        let Some(circle) = rows.circles.get_mut(&append.place.circle) else {
            return Ok(AppendOutcome::Moved);
        };
        let is_held = append
            .rows
            .iter()
            .any(|row| circle.is_held(&row.device, append.now));
        let is_as_judged = circle.head() == append.control && !is_held;
        let log = circle.logs.get_mut(&append.place.stream);
        let Some(log) = log.filter(|log| is_as_judged && log.end() == append.before) else {
            return Ok(AppendOutcome::Moved);
        };
        for row in append.rows {
            circle.used += row.frame.len() as u64;
            log.append(row);
        }
        let (gone, come) = log.erase(append.erasures, &append.erased_blobs)?;
        circle.used = (circle.used + come).saturating_sub(gone);
        Ok(AppendOutcome::Appended)
    }

    async fn read_rows(
        &self,
        place: Place,
        log: LogId,
        after: u64,
        most_bytes: usize,
    ) -> Stored<Vec<StoredRow>> {
        let rows = self.lock();
        let Some(log) = rows.log(&place).filter(|kept| kept.start.log == log) else {
            return Ok(Vec::new());
        };
        let from = usize::try_from(after).unwrap_or(usize::MAX);
        let mut left = most_bytes;
        let fits = |row: &&NewRow| match left.checked_sub(row_cost(&row.frame)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let tail = log.rows.iter().skip(from);
        Ok(tail.take_while(fits).map(answer_row).collect())
    }

    async fn find_rows(
        &self,
        place: Place,
        names: BTreeSet<(DeviceId, u64)>,
        after: u64,
    ) -> Stored<Vec<StoredRow>> {
        let rows = self.lock();
        let Some(log) = rows.log(&place) else {
            return Ok(Vec::new());
        };
        let found = names.iter().filter_map(|name| log.named.get(name));
        let found = found.filter(|seq| **seq > after);
        Ok(found
            .filter_map(|seq| log.row(*seq).map(answer_row))
            .collect())
    }

    async fn erase_again(
        &self,
        place: Place,
        erasures: Vec<Erasure>,
        blobs: Vec<BlobId>,
    ) -> Stored<()> {
        let mut rows = self.lock();
        let circle = rows.circles.get_mut(&place.circle);
        if let Some(log) = circle.and_then(|circle| circle.logs.get_mut(&place.stream)) {
            log.erase(erasures, &blobs)?;
        }
        Ok(())
    }
}

fn answer_row(row: &NewRow) -> StoredRow {
    StoredRow {
        point: row.point.clone(),
        frame: row.frame.clone(),
    }
}
