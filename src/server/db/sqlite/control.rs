use hearth_protocol::control::{ControlHead, Cut, SignedEntry};
use hearth_protocol::frame::ChainPoint;
use hearth_protocol::{CircleId, DeviceId, Hash, Millis, StreamId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;

use super::value::{array, number, to_sql};
use super::{SqliteDatabase, add_used, find_circle, keys};
use crate::db::control::recovery_keys;
use crate::db::{
    ControlDatabase, ControlTail, DatabaseError, EntryAppend, EntryOutcome, MOST_FOUND, Stored,
};

impl ControlDatabase for SqliteDatabase {
    async fn read_control(&self, circle: CircleId, after: ControlHead) -> Stored<ControlTail> {
        let mut connection = self.readers.acquire().await?;
        let is_start = after == ControlHead::START;
        // One statement, so that all of it is of one moment.
        let rows = sqlx::query(
            "SELECT c.used, e.seq, e.hash, e.entry FROM circle c JOIN control_entry e ON e.circle = c.id \
             WHERE c.name = ?1 AND e.seq >= CASE WHEN EXISTS \
             (SELECT 1 FROM control_entry k WHERE k.circle = c.id AND k.seq = ?2 AND k.hash = ?3) THEN ?2 ELSE 0 END \
             ORDER BY e.seq",
        )
        .bind(circle.0.as_slice())
        .bind(to_sql(after.seq))
        .bind(after.hash.0.as_slice())
        .fetch_all(&mut *connection)
        .await?;
        let mut tail = ControlTail {
            follows: is_start,
            ..ControlTail::default()
        };
        for row in &rows {
            tail.used = number(row, 0)?;
            let head = ControlHead {
                seq: number(row, 1)?,
                hash: Hash(array(row, 2)?),
            };
            if head == after {
                tail.follows = true;
            } else {
                let entry = SignedEntry::decode(row.try_get(3)?);
                tail.entries
                    .push(entry.map_err(|_| DatabaseError::Damaged("control entry"))?);
            }
        }
        Ok(tail)
    }

    async fn append_entry(&self, append: EntryAppend) -> Stored<EntryOutcome> {
        self.writer
            .write(move |connection| Box::pin(append_entry(connection, append)))
            .await
    }

    async fn hold_devices(
        &self,
        circle: CircleId,
        devices: Vec<DeviceId>,
        until: Millis,
    ) -> Stored<Vec<Cut>> {
        self.writer
            .write(move |connection| Box::pin(hold_devices(connection, circle, devices, until)))
            .await
    }

    async fn find_recovery(&self, key: DeviceId) -> Stored<Vec<CircleId>> {
        let rows = sqlx::query(
            "SELECT c.name FROM recovery_key r JOIN circle c ON c.id = r.circle WHERE r.device = ? ORDER BY r.id LIMIT ?",
        )
        .bind(key.0.as_slice())
        .bind(to_sql(MOST_FOUND as u64))
        .fetch_all(&self.readers)
        .await?;
        let names = rows.iter().map(|row| array(row, 0).map(CircleId));
        names.collect()
    }

    async fn list_circles(&self) -> Stored<Vec<CircleId>> {
        let rows = sqlx::query("SELECT name FROM circle")
            .fetch_all(&self.readers)
            .await?;
        let names = rows.iter().map(|row| array(row, 0).map(CircleId));
        names.collect()
    }
}

/// The newest entry of a circle.
pub(super) async fn read_head(
    connection: &mut SqliteConnection,
    circle: i64,
) -> Stored<ControlHead> {
    let row = sqlx::query(
        "SELECT seq, hash FROM control_entry WHERE circle = ? ORDER BY seq DESC LIMIT 1",
    )
    .bind(circle)
    .fetch_optional(connection)
    .await?;
    row.map_or(Ok(ControlHead::START), |row| {
        Ok(ControlHead {
            seq: number(&row, 0)?,
            hash: Hash(array(&row, 1)?),
        })
    })
}

async fn append_entry(
    connection: &mut SqliteConnection,
    append: EntryAppend,
) -> Stored<EntryOutcome> {
    let circle = find_circle(connection, &append.circle).await?;
    let head = match circle {
        Some(circle) => read_head(connection, circle).await?,
        None => ControlHead::START,
    };
    if head != append.after {
        return Ok(EntryOutcome::HeadMoved);
    }
    for cut in &append.cuts {
        let ours = read_last_header(connection, circle, &cut.device, &cut.stream).await?;
        if !append.rule.allows(cut, ours) {
            return Ok(EntryOutcome::CutsDiffer);
        }
    }
    let circle = match circle {
        Some(circle) => circle,
        None => {
            let made = sqlx::query("INSERT INTO circle (name, used) VALUES (?, 0)")
                .bind(append.circle.0.as_slice())
                .execute(&mut *connection)
                .await?;
            made.last_insert_rowid()
        }
    };
    let entry = append.entry.encode();
    add_used(connection, circle, to_sql(entry.len() as u64)).await?;
    sqlx::query("INSERT INTO control_entry (circle, seq, hash, entry) VALUES (?, ?, ?, ?)")
        .bind(circle)
        .bind(to_sql(append.head.seq))
        .bind(append.head.hash.0.as_slice())
        .bind(entry)
        .execute(&mut *connection)
        .await?;
    for key in recovery_keys(&append.entry) {
        sqlx::query("INSERT OR IGNORE INTO recovery_key (device, circle) VALUES (?, ?)")
            .bind(key.0.as_slice())
            .bind(circle)
            .execute(&mut *connection)
            .await?;
    }
    keys::keep_grants(connection, circle, append.grants, append.head.seq).await?;
    Ok(EntryOutcome::Appended)
}

async fn read_last_header(
    connection: &mut SqliteConnection,
    circle: Option<i64>,
    device: &DeviceId,
    stream: &StreamId,
) -> Stored<ChainPoint> {
    let row = sqlx::query(
        "SELECT d.dev_seq, d.header FROM device_end d JOIN stream_log l ON l.id = d.log \
         WHERE l.circle = ? AND l.stream = ? AND d.device = ?",
    )
    .bind(circle)
    .bind(stream.0.as_slice())
    .bind(device.0.as_slice())
    .fetch_optional(connection)
    .await?;
    row.map_or(Ok(ChainPoint::START), |row| {
        Ok(ChainPoint {
            dev_seq: number(&row, 0)?,
            header: Hash(array(&row, 1)?),
        })
    })
}

async fn hold_devices(
    connection: &mut SqliteConnection,
    circle: CircleId,
    devices: Vec<DeviceId>,
    until: Millis,
) -> Stored<Vec<Cut>> {
    let Some(circle) = find_circle(connection, &circle).await? else {
        return Ok(Vec::new());
    };
    let mut cuts = Vec::new();
    for device in devices {
        sqlx::query("INSERT OR REPLACE INTO hold (circle, device, until) VALUES (?, ?, ?)")
            .bind(circle)
            .bind(device.0.as_slice())
            .bind(to_sql(until))
            .execute(&mut *connection)
            .await?;
        let ends = sqlx::query(
            "SELECT l.stream, d.dev_seq, d.header FROM stream_log l JOIN device_end d ON d.log = l.id \
             WHERE l.circle = ? AND d.device = ? ORDER BY l.stream",
        )
        .bind(circle)
        .bind(device.0.as_slice())
        .fetch_all(&mut *connection)
        .await?;
        for row in &ends {
            cuts.push(Cut {
                device,
                stream: StreamId(array(row, 0)?),
                dev_seq: number(row, 1)?,
                header: Hash(array(row, 2)?),
            });
        }
    }
    Ok(cuts)
}
