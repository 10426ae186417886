use hearth_protocol::form::Object as _;
use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, StreamId};
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::value::{array, number, to_sql};
use super::{SqliteDatabase, add_used, find_circle};
use crate::db::{DatabaseError, KeyDatabase, Stored, StoredGrant};

impl KeyDatabase for SqliteDatabase {
    async fn keep_grants(&self, circle: CircleId, grants: Vec<Grant>) -> Stored<()> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    match find_circle(connection, &circle).await? {
                        Some(circle) => keep_grants(connection, circle, grants, 0).await,
                        None => Ok(()),
                    }
                })
            })
            .await
    }

    async fn read_grants(
        &self,
        circle: CircleId,
        to: DeviceId,
        after: u64,
        wanted: Vec<(StreamId, u64)>,
    ) -> Stored<Vec<StoredGrant>> {
        let mut connection = self.readers.acquire().await?;
        let rows = sqlx::query(
            "SELECT g.id, g.entry, g.bytes FROM circle c JOIN granted_key k ON k.circle = c.id \
             JOIN key_grant g ON g.id = k.key_grant WHERE c.name = ? AND k.device = ? AND g.entry > ? GROUP BY g.id ORDER BY g.entry, g.id",
        )
        .bind(circle.0.as_slice())
        .bind(to.0.as_slice())
        .bind(to_sql(after))
        .fetch_all(&mut *connection)
        .await?;
        let mut found = Vec::new();
        for row in &rows {
            found.push((row.try_get::<i64, _>(0)?, read_grant(row)?));
        }
        for (stream, epoch) in wanted {
            let row = sqlx::query(
                "SELECT g.id, g.entry, g.bytes FROM circle c JOIN granted_key k ON k.circle = c.id \
                 JOIN key_grant g ON g.id = k.key_grant \
                 WHERE c.name = ? AND k.device = ? AND k.stream = ? AND k.epoch = ?",
            )
            .bind(circle.0.as_slice())
            .bind(to.0.as_slice())
            .bind(stream.0.as_slice())
            .bind(to_sql(epoch))
            .fetch_optional(&mut *connection)
            .await?;
            if let Some(row) = row {
                let id: i64 = row.try_get(0)?;
                if found.iter().all(|(other, _)| *other != id) {
                    found.push((id, read_grant(&row)?));
                }
            }
        }
        let mut grants: Vec<_> = found.into_iter().map(|(_, grant)| grant).collect();
        grants.sort_by_key(|stored| stored.entry);
        Ok(grants)
    }

    async fn want_keys(
        &self,
        circle: CircleId,
        device: DeviceId,
        keys: Vec<(StreamId, u64)>,
    ) -> Stored<bool> {
        self.writer
            .write(move |connection| Box::pin(want_keys(connection, circle, device, keys)))
            .await
    }

    async fn read_wanted(&self, circle: CircleId) -> Stored<Vec<(DeviceId, StreamId, u64)>> {
        let rows = sqlx::query(
            "SELECT w.device, w.stream, w.epoch FROM circle c JOIN wanted_key w ON w.circle = c.id \
             WHERE c.name = ? ORDER BY w.device, w.stream, w.epoch",
        )
        .bind(circle.0.as_slice())
        .fetch_all(&self.readers)
        .await?;
        let wanted = rows.iter().map(|row| {
            Ok((
                DeviceId(array(row, 0)?),
                StreamId(array(row, 1)?),
                number(row, 2)?,
            ))
        });
        wanted.collect()
    }
}

fn read_grant(row: &SqliteRow) -> Stored<StoredGrant> {
    let grant = Grant::from_bytes(row.try_get(2)?);
    Ok(StoredGrant {
        entry: number(row, 1)?,
        grant: grant.map_err(|_| DatabaseError::Damaged("grant"))?,
    })
}

/// A grant stays as long as it is the newest one of some key.
pub(super) async fn keep_grants(
    connection: &mut SqliteConnection,
    circle: i64,
    grants: Vec<Grant>,
    entry: u64,
) -> Stored<()> {
    for grant in &grants {
        let bytes = grant.encode();
        add_used(connection, circle, to_sql(bytes.len() as u64)).await?;
        let kept = sqlx::query("INSERT INTO key_grant (entry, bytes) VALUES (?, ?)")
            .bind(to_sql(entry))
            .bind(bytes)
            .execute(&mut *connection)
            .await?;
        let id = kept.last_insert_rowid();
        for (stream, epoch) in &grant.keys {
            replace_key(connection, circle, &grant.to, stream, *epoch, id).await?;
        }
    }
    Ok(())
}

async fn replace_key(
    connection: &mut SqliteConnection,
    circle: i64,
    to: &DeviceId,
    stream: &StreamId,
    epoch: u64,
    id: i64,
) -> Stored<()> {
    let old = sqlx::query(
        "SELECT key_grant FROM granted_key WHERE circle = ? AND device = ? AND stream = ? AND epoch = ?",
    )
    .bind(circle)
    .bind(to.0.as_slice())
    .bind(stream.0.as_slice())
    .bind(to_sql(epoch))
    .fetch_optional(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT OR REPLACE INTO granted_key (circle, device, stream, epoch, key_grant) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(circle)
    .bind(to.0.as_slice())
    .bind(stream.0.as_slice())
    .bind(to_sql(epoch))
    .bind(id)
    .execute(&mut *connection)
    .await?;
    if let Some(old) = old {
        sqlx::query(
            "DELETE FROM key_grant WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM granted_key WHERE key_grant = ?1)",
        )
        .bind(old.try_get::<i64, _>(0)?)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "DELETE FROM wanted_key WHERE circle = ? AND device = ? AND stream = ? AND epoch = ?",
    )
    .bind(circle)
    .bind(to.0.as_slice())
    .bind(stream.0.as_slice())
    .bind(to_sql(epoch))
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn want_keys(
    connection: &mut SqliteConnection,
    circle: CircleId,
    device: DeviceId,
    keys: Vec<(StreamId, u64)>,
) -> Stored<bool> {
    let Some(circle) = find_circle(connection, &circle).await? else {
        return Ok(false);
    };
    let mut is_new = false;
    for (stream, epoch) in keys {
        let kept = sqlx::query(
            "INSERT OR IGNORE INTO wanted_key (circle, device, stream, epoch) VALUES (?, ?, ?, ?)",
        )
        .bind(circle)
        .bind(device.0.as_slice())
        .bind(stream.0.as_slice())
        .bind(to_sql(epoch))
        .execute(&mut *connection)
        .await?;
        is_new |= kept.rows_affected() > 0;
    }
    Ok(is_new)
}
