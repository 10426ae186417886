//! Making a backup: every row that belongs to the person, opened and sealed anew, one by one, in
//! parts that each open alone. No more than one photo and a few mebibytes are held at a time.
//!
//! Between two steps the phone goes on. A row that is there from the beginning to its turn is in
//! it, and so is what moves meanwhile: the tables are read in the direction in which rows move.

use super::brought::BROUGHT;
use super::part::{BackupInProgress, Piece, Rows};
use super::staging::RESTORING;
use super::{LAST_BACKUP, LastBackup};
use crate::backup::{Form, Index, Set, check_passphrase};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::vault::Vault;
use crate::vault::bin::LAST_OPENED;
use crate::vault::invites;
use crate::vault::removals;
use crate::vault::sync::draw_from;
use crate::vault::words;
use hearth_protocol::SortedMap;

/// Sealed bytes that are handed over at once, and up to a row more.
const PIECE: usize = 1024 * 1024;

/// Rows read at once, but for photos: those come one at a time.
const ROWS_AT_ONCE: usize = 16;

/// In this order, because this is how rows move: what is ended is marked in `meta` before it
/// leaves its frame, a draft becomes a change, a change is framed. Who moves meanwhile is there
/// twice then, and never missing. The rows of the circle frame them all.
const TABLES: [Table; 5] = [
    Table::Meta,
    Table::Drafts,
    Table::Changes,
    Table::Frames,
    Table::Blobs,
];

enum Put {
    Some,
    NoRoom,
    All,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Begins a backup of everything in parts of at most `limit` bytes that the passphrase opens.
    /// A part holds one row at least, whatever the limit.
    ///
    /// # Errors
    /// [`Failure::WeakPassphrase`], [`Failure::NoCircle`], [`Failure::Full`] where the phone does
    /// not spare the memory to stretch the passphrase in.
    pub async fn begin_backup(
        &mut self,
        passphrase: &str,
        limit: u64,
    ) -> Result<BackupInProgress, Failure> {
        self.begin_backup_as(Form::USUAL, passphrase, limit).await
    }

    pub(in crate::vault) async fn begin_backup_as(
        &mut self,
        form: Form,
        passphrase: &str,
        limit: u64,
    ) -> Result<BackupInProgress, Failure> {
        check_passphrase(passphrase)?;
        self.freshen().await?;
        let circle = self.circle_rows().await?;
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let index = Index {
            made: self.surroundings.now(),
            circle: replica.id(),
            epochs: replica.keys_up_to(),
            counts: SortedMap::new(),
            parts: None,
        };
        let set = Set::draw(form, passphrase, &draw_from(&self.surroundings))?;
        let all = self.weight_of_all().await?;
        Ok(BackupInProgress::new(set, circle, index, limit, all))
    }

    /// The next bytes; nothing after the last ones.
    ///
    /// # Errors
    /// [`Failure`] of the store; [`Failure::Refused`] where this phone changed its keys or its
    /// circle meanwhile. Nothing may be made of the backup then but another one.
    pub async fn continue_backup(
        &self,
        backup: &mut BackupInProgress,
    ) -> Result<Option<Piece>, Failure> {
        if backup.is_over() {
            return Ok(None);
        }
        let draw = draw_from(&self.surroundings);
        loop {
            let is_last = match self.put_some(backup).await? {
                Put::Some if backup.sealed() < PIECE => continue,
                Put::Some => return Ok(Some(backup.take_piece())),
                Put::NoRoom => false,
                Put::All => true,
            };
            self.check_same_keys(backup).await?;
            return Ok(Some(backup.end_part(is_last, &draw)?));
        }
    }

    /// Remembers that a backup was made, with the keys that are in it: its last part is kept.
    ///
    /// # Errors
    /// [`Failure`] of the store; [`Failure::Malformed`] before its last part.
    pub async fn keep_backup(&mut self, backup: &BackupInProgress) -> Result<(), Failure> {
        if !backup.is_over() {
            return Err(Failure::Malformed("the backup is not whole".into()));
        }
        self.note_backup(LastBackup::from(&backup.index)).await
    }

    /// One that does not open here would not open there.
    async fn put_some(&self, backup: &mut BackupInProgress) -> Result<Put, Failure> {
        let draw = draw_from(&self.surroundings);
        let Some(table) = TABLES.get(backup.table).copied() else {
            return Ok(Put::All);
        };
        let at_once = match table {
            Table::Blobs => 1,
            _ => ROWS_AT_ONCE,
        };
        let after = backup.after.as_deref();
        let rows = self.store.scan(table, after, at_once).await?;
        if rows.is_empty() {
            (backup.table, backup.after) = (backup.table + 1, None);
        }
        for (key, row) in rows {
            let plain = self.sealing.open(table, &key, &row).ok();
            if let Some(plain) = plain.filter(|_| belongs(table, &key))
                && !backup.put(table, &key, &plain, &draw)?
            {
                return Ok(Put::NoRoom);
            }
            backup.done += weight(table);
            backup.after = Some(key);
        }
        Ok(Put::Some)
    }

    /// Under other keys rows move the other way, from frames to changes.
    async fn check_same_keys(&self, backup: &BackupInProgress) -> Result<(), Failure> {
        let replica = self.replica.as_ref();
        let keys = replica.map(|replica| (replica.id(), replica.rows_of_keys()));
        let (circle, keys) = keys.ok_or(Failure::NoCircle)?;
        let mut is_same = circle == backup.index.circle;
        for key in keys {
            let now = self.kept_row(Table::Circles, &key).await?;
            is_same &= now.as_ref() == backup.circle.get(&key);
        }
        let why = || Failure::Refused("this phone changed its keys meanwhile".into());
        is_same.then_some(()).ok_or_else(why)
    }

    async fn circle_rows(&self) -> Result<Rows, Failure> {
        let mut rows = Rows::new();
        self.each_row(Table::Circles, |sealing, (key, row)| {
            if let Ok(plain) = sealing.open(Table::Circles, &key, &row) {
                rows.insert(key, plain);
            }
        })
        .await?;
        Ok(rows)
    }

    async fn weight_of_all(&self) -> Result<u64, Failure> {
        let mut all = 0;
        for table in TABLES {
            all += self.store.keys(table).await?.len() as u64 * weight(table);
        }
        Ok(all)
    }
}

/// Photos are most of the bytes.
fn weight(table: Table) -> u64 {
    match table {
        Table::Blobs => 16,
        _ => 1,
    }
}

/// Whether a row is the person's. When this phone was opened, what it knows of backups, the
/// invites that hang on its keys and whom it is taking out are the phone's own.
fn belongs(table: Table, key: &[u8]) -> bool {
    let is_the_phones = [LAST_OPENED, LAST_BACKUP, RESTORING, BROUGHT].contains(&key)
        || invites::owns(key)
        || removals::owns(key)
        || words::is_the_phones(key);
    table != Table::Meta || !is_the_phones
}
