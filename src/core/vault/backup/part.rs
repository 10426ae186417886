//! The part that is being made: what has room in it, and what stands at both its ends.

use crate::backup::{BackupError, Draw, INDEX, Index, Set, Writer, row_bytes};
use crate::messages::Failure;
use crate::ports::Table;
use hearth_protocol::SortedMap;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// The most bytes of one part in the app: what mail, sticks and other apps still take.
pub const PART_LIMIT: u64 = 200_000_000;

pub(super) type Rows = SortedMap<Vec<u8>, Vec<u8>>;

/// A backup that is being made.
pub struct BackupInProgress {
    set: Set,
    /// Without these rows nothing else opens: they stand at both ends of every part.
    pub(super) circle: Rows,
    /// What every part says of the backup.
    pub(super) index: Index,
    /// The most bytes of a part.
    limit: u64,
    /// What ends a part, in bytes of rows, at most.
    end: u64,
    number: NonZeroU16,
    /// The open part, once it is begun.
    writer: Option<Writer>,
    /// How many rows of each table the open part has.
    counts: SortedMap<String, u64>,
    /// Which table is read, and after which key.
    pub(super) table: usize,
    pub(super) after: Option<Vec<u8>>,
    /// How much is in it, and of how much.
    pub(super) done: u64,
    all: u64,
    is_over: bool,
}

/// The next bytes of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What follows in the open part.
    pub bytes: Vec<u8>,
    /// How far it is with them.
    pub step: BackupStep,
}

/// How far a backup is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupStep {
    /// The part that is made or done, from 1.
    pub part: u16,
    /// It is done.
    pub is_part_done: bool,
    /// And it is the last one.
    pub is_last: bool,
    /// Of a hundred, how much of everything is in it.
    pub percent: u8,
}

impl BackupInProgress {
    pub(super) fn new(set: Set, circle: Rows, index: Index, limit: u64, all: u64) -> Self {
        Self {
            end: bytes_at_end(&circle, &index),
            set,
            circle,
            index,
            limit,
            number: NonZeroU16::MIN,
            writer: None,
            counts: SortedMap::new(),
            table: 0,
            after: None,
            done: 0,
            all,
            is_over: false,
        }
    }

    /// Whether its last part is made.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Bytes that were made and not taken yet.
    pub(super) fn sealed(&self) -> usize {
        self.writer.as_ref().map_or(0, Writer::sealed)
    }

    pub(super) fn take_piece(&mut self) -> Piece {
        let bytes = self.writer.as_mut().map(Writer::take);
        Piece {
            bytes: bytes.unwrap_or_default(),
            step: self.step(),
        }
    }

    /// Adds one row, where the part has room for it.
    pub(super) fn put(
        &mut self,
        table: Table,
        key: &[u8],
        value: &[u8],
        draw: Draw<'_>,
    ) -> Result<bool, Failure> {
        let mut writer = self.take_writer(draw)?;
        let name = table.name();
        let more = row_bytes(name, key, value) + self.end;
        let has_room = self.counts.is_empty() || writer.length_with(more) <= self.limit;
        if has_room {
            writer.put(name, key, value, draw)?;
            *self.counts.entry(name.to_owned()).or_default() += 1;
        }
        self.writer = Some(writer);
        Ok(has_room)
    }

    /// The rest of the part.
    pub(super) fn end_part(&mut self, is_last: bool, draw: Draw<'_>) -> Result<Piece, Failure> {
        let mut writer = self.take_writer(draw)?;
        let mut counts = std::mem::take(&mut self.counts);
        let circles = Table::Circles.name().to_owned();
        counts.insert(circles, self.circle.len() as u64);
        let index = Index {
            counts,
            parts: is_last.then_some(self.number),
            ..self.index.clone()
        };
        put_circle(&mut writer, &self.circle, draw)?;
        writer.put(INDEX, &[], &index.encode(), draw)?;
        let step = BackupStep {
            is_part_done: true,
            is_last,
            ..self.step()
        };
        let bytes = writer.finish(draw)?;
        self.is_over = is_last;
        if !is_last {
            let next = self.number.checked_add(1);
            self.number = next.ok_or(BackupError::TooLong)?;
        }
        Ok(Piece { bytes, step })
    }

    /// The open part, or else the next one, begun.
    fn take_writer(&mut self, draw: Draw<'_>) -> Result<Writer, BackupError> {
        if let Some(writer) = self.writer.take() {
            return Ok(writer);
        }
        let mut writer = Writer::new(&self.set, self.number.get());
        writer.put(INDEX, &[], &self.index.encode(), draw)?;
        put_circle(&mut writer, &self.circle, draw)?;
        Ok(writer)
    }

    fn step(&self) -> BackupStep {
        let percent = (self.done.min(self.all) * 100).checked_div(self.all);
        BackupStep {
            part: self.number.get(),
            is_part_done: false,
            is_last: false,
            percent: percent
                .and_then(|percent| u8::try_from(percent).ok())
                .unwrap_or(100),
        }
    }
}

fn put_circle(writer: &mut Writer, circle: &Rows, draw: Draw<'_>) -> Result<(), BackupError> {
    let name = Table::Circles.name();
    let mut rows = circle.iter();
    rows.try_for_each(|(key, value)| writer.put(name, key, value, draw))
}

/// The rows of the circle and the longest index that there may be.
fn bytes_at_end(circle: &Rows, index: &Index) -> u64 {
    let name = Table::Circles.name();
    let rows = circle.iter();
    let circle: u64 = rows.map(|(key, value)| row_bytes(name, key, value)).sum();
    let most = |table: Table| (table.name().to_owned(), u64::MAX);
    let longest = Index {
        counts: Table::ALL.into_iter().map(most).collect(),
        parts: Some(NonZeroU16::MAX),
        ..index.clone()
    };
    circle + row_bytes(INDEX, &[], &longest.encode())
}
