use hearth_protocol::form::Object as _;
use hearth_protocol::invite::ClaimProof;
use hearth_protocol::{CircleId, DeviceId, InviteId, Millis, VerifyKey};
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::SqliteDatabase;
use super::value::{array, bytes, number, optional_array, to_sql};
use crate::db::{DatabaseError, InviteChange, InviteDatabase, InviteRow, Kept, Stored};

impl InviteDatabase for SqliteDatabase {
    async fn keep_invite(&self, invite: InviteRow, now: Millis, most: usize) -> Stored<Kept> {
        self.writer
            .write(move |connection| Box::pin(keep_invite(connection, invite, now, most)))
            .await
    }

    async fn read_invite(&self, invite: InviteId) -> Stored<Option<InviteRow>> {
        let mut connection = self.readers.acquire().await?;
        find(&mut connection, &invite).await
    }

    async fn change_invite(
        &self,
        invite: InviteId,
        change: InviteChange,
        now: Millis,
    ) -> Stored<Option<InviteRow>> {
        self.writer
            .write(move |connection| {
                Box::pin(async move {
                    let Some(mut row) = find(connection, &invite).await? else {
                        return Ok(None);
                    };
                    let is_done = row.apply(&change, now);
                    // A second claim is not done, and is counted.
                    write(connection, &row).await?;
                    Ok(is_done.then_some(row))
                })
            })
            .await
    }
}

async fn find(connection: &mut SqliteConnection, invite: &InviteId) -> Stored<Option<InviteRow>> {
    let row = sqlx::query(
        "SELECT name, circle, inviter, proof_key, bundle, expires, claim, claims, number, anchor, until \
         FROM invite WHERE name = ?",
    )
    .bind(invite.0.as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &SqliteRow) -> Stored<InviteRow> {
    let claim: Option<&[u8]> = row.try_get(6)?;
    let claim = claim.map(|bytes| ClaimProof::decode(bytes, usize::MAX));
    Ok(InviteRow {
        invite: InviteId(array(row, 0)?),
        circle: CircleId(array(row, 1)?),
        inviter: DeviceId(array(row, 2)?),
        proof_key: VerifyKey(array(row, 3)?),
        bundle: bytes(row, 4)?,
        expires: number(row, 5)?,
        claim: claim
            .transpose()
            .map_err(|_| DatabaseError::Damaged("claim"))?,
        claims: number(row, 7)?,
        number: optional_array(row, 8)?,
        anchor: row.try_get(9)?,
        until: number(row, 10)?,
    })
}

async fn write(connection: &mut SqliteConnection, row: &InviteRow) -> Stored<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO invite \
         (name, circle, inviter, proof_key, bundle, expires, claim, claims, number, anchor, until) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.invite.0.as_slice())
    .bind(row.circle.0.as_slice())
    .bind(row.inviter.0.as_slice())
    .bind(row.proof_key.0.as_slice())
    .bind(row.bundle.as_slice())
    .bind(to_sql(row.expires))
    .bind(row.claim.as_ref().map(ClaimProof::encode))
    .bind(to_sql(row.claims))
    .bind(row.number.map(|number| number.to_vec()))
    .bind(row.anchor.as_deref())
    .bind(to_sql(row.until))
    .execute(connection)
    .await?;
    Ok(())
}

async fn keep_invite(
    connection: &mut SqliteConnection,
    invite: InviteRow,
    now: Millis,
    most: usize,
) -> Stored<Kept> {
    sqlx::query("DELETE FROM invite WHERE until <= ?")
        .bind(to_sql(InviteRow::forgotten_before(now)))
        .execute(&mut *connection)
        .await?;
    if let Some(mut kept) = find(connection, &invite.invite).await? {
        if kept.is_same(&invite) {
            kept.leave_again(invite.expires, now);
            write(connection, &kept).await?;
        }
        return Ok(Kept::Here(Box::new(kept)));
    }
    let row = sqlx::query("SELECT count(*) FROM invite WHERE circle = ?")
        .bind(invite.circle.0.as_slice())
        .fetch_one(&mut *connection)
        .await?;
    if number(&row, 0)? >= most as u64 {
        return Ok(invite.without_room(now));
    }
    let invite = invite.begin(now);
    write(connection, &invite).await?;
    Ok(Kept::Here(Box::new(invite)))
}
