//! Writing logs: every function here runs within one transaction of the writer.

use std::collections::BTreeMap;

use hearth_protocol::frame::Place;
use hearth_protocol::log::{LogPoint, Row as PointRow};
use hearth_protocol::{BlobId, Hash, LogId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Row as _};

use super::control::read_head;
use super::log::read_point;
use super::value::{array, number, to_sql};
use super::{add_used, blob, find_circle};
use crate::db::log::replace_body;
use crate::db::{AppendOutcome, DatabaseError, Erasure, FramesAppend, NewRow, Stored};

/// Rows of one statement.
const ROWS_AT_ONCE: usize = 16;

pub(super) async fn open_log(
    connection: &mut SqliteConnection,
    place: Place,
    fresh: LogId,
) -> Stored<()> {
    let Some(circle) = find_circle(connection, &place.circle).await? else {
        return Ok(());
    };
    let start = LogPoint::start(&place, fresh);
    sqlx::query(
        "INSERT OR IGNORE INTO stream_log (circle, stream, name, seq, received_at, running) VALUES (?, ?, ?, 0, 0, ?)",
    )
    .bind(circle)
    .bind(place.stream.0.as_slice())
    .bind(fresh.0.as_slice())
    .bind(start.running.0.as_slice())
    .execute(connection)
    .await?;
    Ok(())
}

/// The log's number, its circle's number, and its end.
async fn find_end(
    connection: &mut SqliteConnection,
    place: &Place,
) -> Stored<Option<(i64, i64, LogPoint)>> {
    let row = sqlx::query(
        "SELECT l.name, l.seq, l.running, l.received_at, l.id, c.id FROM circle c \
         JOIN stream_log l ON l.circle = c.id WHERE c.name = ? AND l.stream = ?",
    )
    .bind(place.circle.0.as_slice())
    .bind(place.stream.0.as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((row.try_get(4)?, row.try_get(5)?, read_point(&row)?)))
        .transpose()
}

async fn keep_end(connection: &mut SqliteConnection, log: i64, end: &LogPoint) -> Stored<()> {
    sqlx::query(
        "UPDATE stream_log SET name = ?, seq = ?, received_at = ?, running = ? WHERE id = ?",
    )
    .bind(end.log.0.as_slice())
    .bind(to_sql(end.seq))
    .bind(to_sql(end.received_at))
    .bind(end.running.0.as_slice())
    .bind(log)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn rename_log(
    connection: &mut SqliteConnection,
    place: Place,
    old: LogId,
    lost: LogId,
    fresh: LogId,
) -> Stored<()> {
    let found = find_end(connection, &place).await?;
    let Some((log, _, _)) = found.filter(|(_, _, end)| end.log == old) else {
        return Ok(());
    };
    for name in [old, lost] {
        sqlx::query("INSERT OR IGNORE INTO past_name (log, name) VALUES (?, ?)")
            .bind(log)
            .bind(name.0.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    let rows =
        sqlx::query("SELECT seq, received_at, header FROM log_row WHERE log = ? ORDER BY seq")
            .bind(log)
            .fetch_all(&mut *connection)
            .await?;
    let mut point = LogPoint::start(&place, fresh);
    for row in &rows {
        let next = PointRow {
            seq: number(row, 0)?,
            received_at: number(row, 1)?,
            header: Hash(array(row, 2)?),
        };
        point = point
            .after(&next)
            .map_err(|_| DatabaseError::Damaged("row"))?;
        sqlx::query("UPDATE log_row SET running = ? WHERE log = ? AND seq = ?")
            .bind(point.running.0.as_slice())
            .bind(log)
            .bind(to_sql(point.seq))
            .execute(&mut *connection)
            .await?;
    }
    keep_end(connection, log, &point).await
}

pub(super) async fn append_frames(
    connection: &mut SqliteConnection,
    frames: FramesAppend,
) -> Stored<AppendOutcome> {
    let found = find_end(connection, &frames.place).await?;
    let Some((log, circle, _)) = found.filter(|(_, _, end)| *end == frames.before) else {
        return Ok(AppendOutcome::Moved);
    };
    if read_head(connection, circle).await? != frames.control
        || is_any_held(connection, circle, &frames).await?
    {
        return Ok(AppendOutcome::Moved);
    }
    let added = frames.rows.iter().map(|row| row.frame.len() as u64).sum();
    for rows in frames.rows.chunks(ROWS_AT_ONCE) {
        insert_rows(connection, log, rows).await?;
    }
    for row in &frames.rows {
        blob::name_blobs(connection, log, row).await?;
    }
    keep_device_ends(connection, log, &frames.rows).await?;
    if let Some(last) = frames.rows.last() {
        keep_end(connection, log, &last.point).await?;
    }
    add_used(connection, circle, to_sql(added)).await?;
    erase(connection, log, frames.erasures, frames.erased_blobs).await?;
    Ok(AppendOutcome::Appended)
}

async fn is_any_held(
    connection: &mut SqliteConnection,
    circle: i64,
    frames: &FramesAppend,
) -> Stored<bool> {
    let rows = sqlx::query("SELECT device FROM hold WHERE circle = ? AND until > ?")
        .bind(circle)
        .bind(to_sql(frames.now))
        .fetch_all(connection)
        .await?;
    for row in &rows {
        let held = array(row, 0)?;
        if frames.rows.iter().any(|row| row.device.0 == held) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One statement for all of them: each statement goes to SQLite's thread and back.
async fn insert_rows(connection: &mut SqliteConnection, log: i64, rows: &[NewRow]) -> Stored<()> {
    let mut insert = QueryBuilder::new(
        "INSERT INTO log_row (log, seq, received_at, running, device, dev_seq, header, epoch, frame) ",
    );
    insert.push_values(rows, |mut values, row| {
        values
            .push_bind(log)
            .push_bind(to_sql(row.point.seq))
            .push_bind(to_sql(row.point.received_at))
            .push_bind(row.point.running.0.as_slice())
            .push_bind(row.device.0.as_slice())
            .push_bind(to_sql(row.dev_seq))
            .push_bind(row.header.0.as_slice())
            .push_bind(to_sql(row.epoch))
            .push_bind(row.frame.as_slice());
    });
    insert.build().execute(connection).await?;
    Ok(())
}

/// The newest header of each device that is among these rows.
async fn keep_device_ends(
    connection: &mut SqliteConnection,
    log: i64,
    rows: &[NewRow],
) -> Stored<()> {
    let newest: BTreeMap<_, _> = rows.iter().map(|row| (row.device, row)).collect();
    for (device, row) in newest {
        sqlx::query(
            "INSERT OR REPLACE INTO device_end (log, device, dev_seq, header) VALUES (?, ?, ?, ?)",
        )
        .bind(log)
        .bind(device.0.as_slice())
        .bind(to_sql(row.dev_seq))
        .bind(row.header.0.as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn erase(
    connection: &mut SqliteConnection,
    log: i64,
    erasures: Vec<Erasure>,
    blobs: Vec<BlobId>,
) -> Stored<()> {
    for erasure in &erasures {
        erase_frame(connection, log, erasure).await?;
    }
    for name in &blobs {
        blob::erase_blob(connection, log, name).await?;
    }
    Ok(())
}

async fn erase_frame(connection: &mut SqliteConnection, log: i64, erasure: &Erasure) -> Stored<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO erasure (log, device, dev_seq, header, body) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(log)
    .bind(erasure.device.0.as_slice())
    .bind(to_sql(erasure.dev_seq))
    .bind(erasure.header.0.as_slice())
    .bind(erasure.body.as_slice())
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query(
        "SELECT r.seq, r.frame, l.circle FROM log_row r JOIN stream_log l ON l.id = r.log \
         WHERE r.log = ? AND r.device = ? AND r.dev_seq = ? AND r.header = ?",
    )
    .bind(log)
    .bind(erasure.device.0.as_slice())
    .bind(to_sql(erasure.dev_seq))
    .bind(erasure.header.0.as_slice())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let old: &[u8] = row.try_get(1)?;
    let frame = replace_body(old, &erasure.body)?;
    let grown = to_sql(frame.len() as u64) - to_sql(old.len() as u64);
    sqlx::query("UPDATE log_row SET frame = ? WHERE log = ? AND seq = ?")
        .bind(frame)
        .bind(log)
        .bind(row.try_get::<i64, _>(0)?)
        .execute(&mut *connection)
        .await?;
    add_used(connection, row.try_get(2)?, grown).await
}
