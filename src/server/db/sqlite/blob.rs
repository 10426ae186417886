//! Attachments lie in the database, in the parts that came: one file to copy, one place that commits. See decision 6.

use hearth_protocol::frame::Place;
use hearth_protocol::{BlobId, DeviceId, Hash, Millis};
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::log::find_begin;
use super::value::{array, bytes, number, optional_array, optional_number, to_sql};
use super::{SqliteDatabase, add_used};
use crate::db::{BlobDatabase, BlobPart, BlobRow, NewRow, Stored};

impl BlobDatabase for SqliteDatabase {
    async fn find_blob(
        &self,
        place: Place,
        blob: BlobId,
        from_epoch: u64,
    ) -> Stored<Option<BlobRow>> {
        let mut connection = self.readers.acquire().await?;
        let Some(found) = find(&mut connection, &place, &blob).await? else {
            return Ok(None);
        };
        let begin = find_begin(&mut connection, found.log, from_epoch).await?;
        let may_be_read = begin.is_some_and(|begin| found.named_in > begin);
        Ok(may_be_read.then_some(found.row))
    }

    async fn put_blob_part(&self, part: BlobPart) -> Stored<Option<BlobRow>> {
        self.writer
            .write(move |connection| Box::pin(put_part(connection, part)))
            .await
    }

    async fn finish_blob(
        &self,
        place: Place,
        blob: BlobId,
        hash: Hash,
        at: Millis,
    ) -> Stored<Option<BlobRow>> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    let Some(mut found) = find(connection, &place, &blob).await? else {
                        return Ok(None);
                    };
                    let is_whole = found.row.have == found.row.length;
                    if is_whole && found.row.hash == Some(hash) && found.row.whole_at.is_none() {
                        found.row.whole_at = Some(at);
                        keep(connection, &found).await?;
                    }
                    Ok(Some(found.row))
                })
            })
            .await
    }

    async fn drop_blob_parts(&self, place: Place, blob: BlobId) -> Stored<()> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    match find(connection, &place, &blob).await? {
                        Some(found) => drop_parts(connection, found).await,
                        None => Ok(()),
                    }
                })
            })
            .await
    }

    async fn read_blob(&self, place: Place, blob: BlobId, offset: u64) -> Stored<Vec<u8>> {
        let mut connection = self.readers.acquire().await?;
        let Some(found) = find(&mut connection, &place, &blob).await? else {
            return Ok(Vec::new());
        };
        let row = sqlx::query(
            "SELECT substr(bytes, ?2 - offset + 1) FROM blob_part WHERE blob = ?1 AND offset <= ?2 \
             ORDER BY offset DESC LIMIT 1",
        )
        .bind(found.id)
        .bind(to_sql(offset))
        .fetch_optional(&mut *connection)
        .await?;
        row.map_or_else(|| Ok(Vec::new()), |row| bytes(&row, 0))
    }
}

struct Found {
    id: i64,
    log: i64,
    circle: i64,
    named_in: u64,
    row: BlobRow,
}

async fn find(
    connection: &mut SqliteConnection,
    place: &Place,
    blob: &BlobId,
) -> Stored<Option<Found>> {
    let row = sqlx::query(
        "SELECT b.id, b.log, l.circle, b.row, b.length, b.author, b.hash, b.have, b.whole_at FROM circle c \
         JOIN stream_log l ON l.circle = c.id JOIN blob b ON b.log = l.id \
         WHERE c.name = ? AND l.stream = ? AND b.name = ? AND b.row > 0",
    )
    .bind(place.circle.0.as_slice())
    .bind(place.stream.0.as_slice())
    .bind(blob.0.as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(|row| read_found(&row)).transpose()
}

fn read_found(row: &SqliteRow) -> Stored<Found> {
    Ok(Found {
        id: row.try_get(0)?,
        log: row.try_get(1)?,
        circle: row.try_get(2)?,
        named_in: number(row, 3)?,
        row: BlobRow {
            length: number(row, 4)?,
            author: DeviceId(array(row, 5)?),
            hash: optional_array(row, 6)?.map(Hash),
            have: number(row, 7)?,
            whole_at: optional_number(row, 8)?,
        },
    })
}

async fn keep(connection: &mut SqliteConnection, found: &Found) -> Stored<()> {
    sqlx::query("UPDATE blob SET hash = ?, have = ?, whole_at = ? WHERE id = ?")
        .bind(found.row.hash.map(|hash| hash.0.to_vec()))
        .bind(to_sql(found.row.have))
        .bind(found.row.whole_at.map(to_sql))
        .bind(found.id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn put_part(connection: &mut SqliteConnection, part: BlobPart) -> Stored<Option<BlobRow>> {
    let Some(mut found) = find(connection, &part.place, &part.blob).await? else {
        return Ok(None);
    };
    let is_same = *found.row.hash.get_or_insert(part.hash) == part.hash;
    if is_same
        && found.row.whole_at.is_none()
        && let Some(fresh) = part.new_bytes(found.row.have, found.row.length)
    {
        sqlx::query("INSERT INTO blob_part (blob, offset, bytes) VALUES (?, ?, ?)")
            .bind(found.id)
            .bind(to_sql(found.row.have))
            .bind(fresh)
            .execute(&mut *connection)
            .await?;
        found.row.have += fresh.len() as u64;
        add_used(connection, found.circle, to_sql(fresh.len() as u64)).await?;
        keep(connection, &found).await?;
    }
    Ok(Some(found.row))
}

async fn drop_parts(connection: &mut SqliteConnection, mut found: Found) -> Stored<()> {
    sqlx::query("DELETE FROM blob_part WHERE blob = ?")
        .bind(found.id)
        .execute(&mut *connection)
        .await?;
    add_used(connection, found.circle, -to_sql(found.row.have)).await?;
    (found.row.have, found.row.hash, found.row.whole_at) = (0, None, None);
    keep(connection, &found).await
}

/// The first frame that names an attachment fixes its length; one that was erased stays erased.
pub(super) async fn name_blobs(
    connection: &mut SqliteConnection,
    log: i64,
    row: &NewRow,
) -> Stored<()> {
    for (blob, length) in &row.blobs {
        sqlx::query(
            "INSERT OR IGNORE INTO blob (log, name, row, length, author, have) VALUES (?, ?, ?, ?, ?, 0)",
        )
        .bind(log)
        .bind(blob.0.as_slice())
        .bind(to_sql(row.point.seq))
        .bind(to_sql(*length))
        .bind(row.device.0.as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn erase_blob(
    connection: &mut SqliteConnection,
    log: i64,
    blob: &BlobId,
) -> Stored<()> {
    let row = sqlx::query(
        "SELECT b.id, b.log, l.circle, b.row, b.length, b.author, b.hash, b.have, b.whole_at FROM stream_log l \
         JOIN blob b ON b.log = l.id WHERE l.id = ? AND b.name = ?",
    )
    .bind(log)
    .bind(blob.0.as_slice())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = row {
        drop_parts(connection, read_found(&row)?).await?;
    }
    sqlx::query(
        "INSERT INTO blob (log, name, row, length, author, have) VALUES (?, ?, 0, 0, zeroblob(16), 0) \
         ON CONFLICT (log, name) DO UPDATE SET row = 0",
    )
    .bind(log)
    .bind(blob.0.as_slice())
    .execute(connection)
    .await?;
    Ok(())
}
