//! The vault of a store whose device may go on elsewhere: see `sync/replica/rekey.rs`.

use super::loss::went_back_row;
use super::{Vault, draw_from};
use crate::messages::Failure;
use crate::photo;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::sync::merge::{BEGINS, KeptChange, Name, RowKey};
use crate::sync::replica::Trouble;
use hearth_protocol::{Change, Value};

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Takes what was not sent apart and draws new keys, where this device may be in use
    /// elsewhere. Told once; the exchanges do the rest.
    pub(in crate::vault) async fn change_keys_if_due(&mut self) -> Result<(), Failure> {
        let replica = self.replica.as_mut();
        let Some(replica) = replica.filter(|replica| replica.must_change_keys()) else {
            return Ok(());
        };
        let is_found_out = replica.trouble() == Some(&Trouble::StoreWentBack);
        // Should anything fail from here on, what is durable is read again.
        self.is_stale = true;
        let mut effects = replica.change_keys(&strip, &draw_from(&self.surroundings))?;
        if is_found_out {
            let now = self.surroundings.now();
            effects.rows.push(went_back_row(replica.id(), now));
        }
        self.carry_out(effects).await
    }

    /// Without those that a frame of this person says word for word: an old backup has them
    /// waiting, and the phone that made it has sent them since.
    pub(super) async fn leave_out_told(
        &mut self,
        rows: Vec<(RowKey, Change)>,
    ) -> Result<Vec<(RowKey, Change)>, Failure> {
        let is_told = |(_, change): &(RowKey, Change)| self.is_told(change);
        let (told, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_told);
        if told.is_empty() {
            return Ok(rows);
        }
        let forget = |(row, _): &(RowKey, Change)| Write::Delete {
            table: Table::Changes,
            key: row.to_vec(),
        };
        // Another tab may have moved them here out of the very frames that say them.
        let expected = self.expect_own_keys().await?;
        let forgotten = told.iter().map(forget);
        self.commit([expected].into_iter().chain(forgotten).collect())
            .await?;
        for (row, _) in told {
            self.view.forget_change(Name::Waiting(row));
        }
        Ok(rows)
    }

    /// Whether a frame of this person holds the same save.
    pub(in crate::vault) fn is_told(&self, change: &Change) -> bool {
        let me = self.own_person();
        let is_same = |kept: &KeptChange| {
            matches!(kept.name(), Name::Framed { .. })
                && kept.origin.person == me
                && (kept.kind, kept.hlc) == (change.kind, change.hlc)
                && said(
                    kept.kind,
                    kept.patch.iter().map(|(field, value)| (field, value)),
                )
                .eq(said(change.kind, change.patch.iter()))
        };
        let entity = self.view.get(change.entity);
        entity.is_some_and(|entity| entity.changes().any(is_same))
    }
}

/// Takes out of a change what its frame gave it: the mark of a beginning, and the keys that its
/// attachments travel under. The next frame gives its own.
pub(super) fn strip(change: &mut Change) {
    let kind = change.kind;
    change.patch.retain(|field, _| is_said(kind, *field));
}

fn said<'a>(
    kind: u64,
    patch: impl Iterator<Item = (&'a u64, &'a Value)>,
) -> impl Iterator<Item = (&'a u64, &'a Value)> {
    patch.filter(move |(field, _)| is_said(kind, **field))
}

fn is_said(kind: u64, field: u64) -> bool {
    let given = [
        photo::BLOB_KEY,
        photo::BLOB_HASH,
        photo::THUMBNAIL_KEY,
        photo::THUMBNAIL_HASH,
    ];
    field != BEGINS && !(kind == photo::KIND && given.contains(&field))
}
