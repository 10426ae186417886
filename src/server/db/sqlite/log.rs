//! Reading logs. What writes them is in `append`.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt as _;
use hearth_protocol::frame::{ChainPoint, Place};
use hearth_protocol::log::LogPoint;
use hearth_protocol::{BlobId, DeviceId, Hash, LogId};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Acquire as _, Row as _};

use super::value::{array, bytes, number, to_sql};
use super::{SqliteDatabase, append, find_log};
use crate::db::log::row_cost;
use crate::db::{
    AppendOutcome, Erasure, FramesAppend, LogDatabase, LogQuestion, LogView, NamedRow, Stored,
    StoredRow,
};

impl LogDatabase for SqliteDatabase {
    async fn read_log(&self, place: Place, question: LogQuestion) -> Stored<Option<LogView>> {
        let mut connection = self.readers.acquire().await?;
        // All of it is of one moment.
        let mut moment = connection.begin().await?;
        read_view(&mut moment, &place, &question).await
    }

    async fn open_log(&self, place: Place, fresh: LogId) -> Stored<()> {
        self.writer
            .write(move |connection| Box::pin(append::open_log(connection, place, fresh)))
            .await
    }

    async fn rename_log(&self, place: Place, old: LogId, lost: LogId, fresh: LogId) -> Stored<()> {
        self.writer
            .write(move |connection| {
                Box::pin(append::rename_log(connection, place, old, lost, fresh))
            })
            .await
    }

    async fn append_frames(&self, frames: FramesAppend) -> Stored<AppendOutcome> {
        self.writer
            .write(move |connection| Box::pin(append::append_frames(connection, frames)))
            .await
    }

    async fn read_rows(
        &self,
        place: Place,
        log: LogId,
        after: u64,
        most_bytes: usize,
    ) -> Stored<Vec<StoredRow>> {
        let mut connection = self.readers.acquire().await?;
        let mut rows = sqlx::query(
            "SELECT l.name, r.seq, r.running, r.received_at, r.frame FROM circle c JOIN stream_log l ON l.circle = c.id \
             JOIN log_row r ON r.log = l.id WHERE c.name = ? AND l.stream = ? AND l.name = ? AND r.seq > ? ORDER BY r.seq",
        )
        .bind(place.circle.0.as_slice())
        .bind(place.stream.0.as_slice())
        .bind(log.0.as_slice())
        .bind(to_sql(after))
        .fetch(&mut *connection);
        let (mut found, mut left) = (Vec::new(), most_bytes);
        while let Some(row) = rows.try_next().await? {
            let row = read_row(&row)?;
            match left.checked_sub(row_cost(&row.frame)) {
                Some(rest) => left = rest,
                None => break,
            }
            found.push(row);
        }
        Ok(found)
    }

    async fn find_rows(
        &self,
        place: Place,
        names: BTreeSet<(DeviceId, u64)>,
        after: u64,
    ) -> Stored<Vec<StoredRow>> {
        let mut connection = self.readers.acquire().await?;
        let Some(log) = find_log(&mut connection, &place).await? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (device, dev_seq) in names {
            let row = sqlx::query(
                "SELECT l.name, r.seq, r.running, r.received_at, r.frame FROM stream_log l JOIN log_row r \
                 ON r.log = l.id WHERE l.id = ? AND r.device = ? AND r.dev_seq = ? AND r.seq > ?",
            )
            .bind(log)
            .bind(device.0.as_slice())
            .bind(to_sql(dev_seq))
            .bind(to_sql(after))
            .fetch_optional(&mut *connection)
            .await?;
            found.extend(row.map(|row| read_row(&row)).transpose()?);
        }
        Ok(found)
    }

    async fn erase_again(
        &self,
        place: Place,
        erasures: Vec<Erasure>,
        blobs: Vec<BlobId>,
    ) -> Stored<()> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    match find_log(connection, &place).await? {
                        Some(log) => append::erase(connection, log, erasures, blobs).await,
                        None => Ok(()),
                    }
                })
            })
            .await
    }
}

fn read_row(row: &SqliteRow) -> Stored<StoredRow> {
    Ok(StoredRow {
        point: read_point(row)?,
        frame: bytes(row, 4)?,
    })
}

/// From the columns name, seq, running, received_at.
pub(super) fn read_point(row: &SqliteRow) -> Stored<LogPoint> {
    Ok(LogPoint {
        log: LogId(array(row, 0)?),
        seq: number(row, 1)?,
        running: Hash(array(row, 2)?),
        received_at: number(row, 3)?,
    })
}

async fn read_view(
    connection: &mut SqliteConnection,
    place: &Place,
    question: &LogQuestion,
) -> Stored<Option<LogView>> {
    let found = sqlx::query(
        "SELECT l.name, l.seq, l.running, l.received_at, l.id, c.used, c.id FROM circle c \
         JOIN stream_log l ON l.circle = c.id WHERE c.name = ? AND l.stream = ?",
    )
    .bind(place.circle.0.as_slice())
    .bind(place.stream.0.as_slice())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let (log, circle): (i64, i64) = (row.try_get(4)?, row.try_get(6)?);
    let mut view = LogView {
        end: read_point(&row)?,
        used: number(&row, 5)?,
        points: Vec::new(),
        begins: LogPoint::start(place, LogId([0; 16])),
        was_ours: false,
        ends: Default::default(),
        named: Default::default(),
        redacted: Default::default(),
        authors: Default::default(),
        held: Default::default(),
    };
    let start = LogPoint::start(place, view.end.log);
    for seq in &question.points {
        view.points
            .push(find_point(connection, log, &start, *seq).await?);
    }
    let begin = find_begin(connection, log, question.from_epoch).await?;
    view.begins = match begin {
        Some(seq) => find_point(connection, log, &start, seq).await?,
        None => None,
    }
    .unwrap_or_else(|| view.end.clone());
    if let Some(lost) = question.lost {
        let row = sqlx::query("SELECT 1 FROM past_name WHERE log = ? AND name = ?")
            .bind(log)
            .bind(lost.0.as_slice())
            .fetch_optional(&mut *connection)
            .await?;
        view.was_ours = row.is_some();
    }
    read_ends(connection, log, &mut view).await?;
    read_named(connection, log, question, &mut view).await?;
    for blob in &question.blobs {
        let row = sqlx::query("SELECT author FROM blob WHERE log = ? AND name = ? AND row > 0")
            .bind(log)
            .bind(blob.0.as_slice())
            .fetch_optional(&mut *connection)
            .await?;
        if let Some(row) = row {
            view.authors.insert(*blob, DeviceId(array(&row, 0)?));
        }
    }
    let held = sqlx::query("SELECT device FROM hold WHERE circle = ? AND until > ?")
        .bind(circle)
        .bind(to_sql(question.now))
        .fetch_all(&mut *connection)
        .await?;
    for row in &held {
        view.held.insert(DeviceId(array(row, 0)?));
    }
    Ok(Some(view))
}

async fn find_point(
    connection: &mut SqliteConnection,
    log: i64,
    start: &LogPoint,
    seq: u64,
) -> Stored<Option<LogPoint>> {
    if seq == 0 {
        return Ok(Some(start.clone()));
    }
    let row = sqlx::query(
        "SELECT l.name, r.seq, r.running, r.received_at FROM stream_log l JOIN log_row r ON r.log = l.id \
         WHERE l.id = ? AND r.seq = ?",
    )
    .bind(log)
    .bind(to_sql(seq))
    .fetch_optional(connection)
    .await?;
    row.map(|row| read_point(&row)).transpose()
}

/// The row before the first one of this epoch or a later one. Nearly everybody reads from epoch 1.
pub(super) async fn find_begin(
    connection: &mut SqliteConnection,
    log: i64,
    epoch: u64,
) -> Stored<Option<u64>> {
    if epoch <= 1 {
        return Ok(Some(0));
    }
    let row =
        sqlx::query("SELECT seq FROM log_row WHERE log = ? AND epoch >= ? ORDER BY seq LIMIT 1")
            .bind(log)
            .bind(to_sql(epoch))
            .fetch_optional(connection)
            .await?;
    row.map(|row| Ok(number(&row, 0)?.saturating_sub(1)))
        .transpose()
}

async fn read_ends(connection: &mut SqliteConnection, log: i64, view: &mut LogView) -> Stored<()> {
    let rows = sqlx::query("SELECT device, dev_seq, header FROM device_end WHERE log = ?")
        .bind(log)
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let end = ChainPoint {
            dev_seq: number(row, 1)?,
            header: Hash(array(row, 2)?),
        };
        view.ends.insert(DeviceId(array(row, 0)?), end);
    }
    Ok(())
}

async fn read_named(
    connection: &mut SqliteConnection,
    log: i64,
    question: &LogQuestion,
    view: &mut LogView,
) -> Stored<()> {
    // A frame beyond the newest of its device is not here, as nearly all that are pushed: no need to look.
    let is_perhaps_here = |(device, dev_seq): &&(DeviceId, u64)| {
        let end = view.ends.get(device);
        end.is_some_and(|end| *dev_seq <= end.dev_seq)
    };
    let asked: Vec<_> = question.names.iter().filter(is_perhaps_here).collect();
    for (device, dev_seq) in asked {
        let row = sqlx::query(
            "SELECT seq, header, epoch FROM log_row WHERE log = ? AND device = ? AND dev_seq = ?",
        )
        .bind(log)
        .bind(device.0.as_slice())
        .bind(to_sql(*dev_seq))
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(row) = row {
            let found = NamedRow {
                seq: number(&row, 0)?,
                header: Hash(array(&row, 1)?),
                epoch: number(&row, 2)?,
            };
            view.named.insert((*device, *dev_seq), found);
        }
    }
    read_redacted(connection, log, question, view).await
}

/// Erasures of the frames asked about, also of frames that are not here: one statement for each device.
async fn read_redacted(
    connection: &mut SqliteConnection,
    log: i64,
    question: &LogQuestion,
    view: &mut LogView,
) -> Stored<()> {
    let mut spans: BTreeMap<DeviceId, (u64, u64)> = BTreeMap::new();
    for (device, dev_seq) in &question.names {
        let span = spans.entry(*device).or_insert((*dev_seq, *dev_seq));
        *span = (span.0.min(*dev_seq), span.1.max(*dev_seq));
    }
    for (device, (first, last)) in spans {
        let mut rows = sqlx::query(
            "SELECT dev_seq, header, body FROM erasure WHERE log = ? AND device = ? AND dev_seq BETWEEN ? AND ?",
        )
        .bind(log)
        .bind(device.0.as_slice())
        .bind(to_sql(first))
        .bind(to_sql(last))
        .fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            let name = (device, number(&row, 0)?);
            if question.names.contains(&name) {
                let redacted = (Hash(array(&row, 1)?), bytes(&row, 2)?);
                view.redacted.insert(name, redacted);
            }
        }
    }
    Ok(())
}
