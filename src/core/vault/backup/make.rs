//! Making a backup: every row that belongs to the person, opened and sealed anew, one by one.

use super::staging::RESTORING;
use super::{LAST_BACKUP, LastBackup};
use crate::backup::{Form, INDEX, Index, Writer, check_passphrase};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::vault::Vault;
use crate::vault::bin::LAST_OPENED;
use crate::vault::invites;
use crate::vault::removals;
use crate::vault::sync::draw_from;
use crate::vault::words;
use hearth_protocol::SortedMap;

/// Rows read at once, but for photos: those come one at a time.
const ROWS_AT_ONCE: usize = 100;

/// What waits stands before what is framed: a row that another tab frames meanwhile is there
/// twice then, and never missing. The rows of the circle frame them all.
const TABLES: [Table; 5] = [
    Table::Changes,
    Table::Drafts,
    Table::Frames,
    Table::Meta,
    Table::Blobs,
];

type Rows = Vec<(Vec<u8>, Vec<u8>)>;

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Everything in one file that the passphrase opens.
    pub(in crate::vault) async fn backup(&mut self, passphrase: &str) -> Result<Vec<u8>, Failure> {
        self.backup_as(Form::USUAL, passphrase).await
    }

    pub(in crate::vault) async fn backup_as(
        &mut self,
        form: Form,
        passphrase: &str,
    ) -> Result<Vec<u8>, Failure> {
        check_passphrase(passphrase)?;
        self.freshen().await?;
        let circle = self.open_rows(Table::Circles).await?;
        let mut index = self.index(circle.len()).await?;
        let draw = draw_from(&self.surroundings);
        let mut writer = Writer::new(form, passphrase, &draw)?;
        writer.put(INDEX, &[], &index.encode())?;
        put_all(&mut writer, &circle)?;
        for table in TABLES {
            let count = self.put_table(&mut writer, table).await?;
            index.counts.insert(table.name().to_owned(), count);
        }
        // Without these rows nothing else opens: no one damaged place takes both.
        put_all(&mut writer, &circle)?;
        writer.put(INDEX, &[], &index.encode())?;
        let file = writer.finish()?;
        drop(draw);
        self.note_backup(LastBackup::from(&index)).await?;
        Ok(file)
    }

    async fn index(&self, circle_rows: usize) -> Result<Index, Failure> {
        let replica = self.replica.as_ref().ok_or(Failure::NoCircle)?;
        let mut counts = SortedMap::from([(Table::Circles.name().to_owned(), circle_rows as u64)]);
        for table in TABLES {
            let keys = self.store.keys(table).await?;
            let count = keys.iter().filter(|key| belongs(table, key)).count();
            counts.insert(table.name().to_owned(), count as u64);
        }
        Ok(Index {
            made: self.surroundings.now(),
            circle: replica.id(),
            epochs: replica.keys_up_to(),
            counts,
        })
    }

    /// How many rows went in. One that does not open here would not open there.
    async fn put_table(&self, writer: &mut Writer<'_>, table: Table) -> Result<u64, Failure> {
        let at_once = match table {
            Table::Blobs => 1,
            _ => ROWS_AT_ONCE,
        };
        let (mut count, mut after) = (0, None::<Vec<u8>>);
        loop {
            let rows = self.store.scan(table, after.as_deref(), at_once).await?;
            let Some((last, _)) = rows.last() else {
                return Ok(count);
            };
            after = Some(last.clone());
            for (key, row) in rows.iter().filter(|(key, _)| belongs(table, key)) {
                if let Ok(plain) = self.sealing.open(table, key, row) {
                    writer.put(table.name(), key, &plain)?;
                    count += 1;
                }
            }
        }
    }

    async fn open_rows(&self, table: Table) -> Result<Rows, Failure> {
        let mut rows = Vec::new();
        self.each_row(table, |sealing, (key, row)| {
            let plain = sealing.open(table, &key, &row).ok();
            rows.extend(plain.map(|plain| (key, plain)));
        })
        .await?;
        Ok(rows)
    }
}

fn put_all(writer: &mut Writer<'_>, rows: &Rows) -> Result<(), Failure> {
    for (key, value) in rows {
        writer.put(Table::Circles.name(), key, value)?;
    }
    Ok(())
}

/// Whether a row is the person's. When this phone was opened, what it knows of backups, the
/// invites that hang on its keys and whom it is taking out are the phone's own.
fn belongs(table: Table, key: &[u8]) -> bool {
    let is_the_phones = [LAST_OPENED, LAST_BACKUP, RESTORING].contains(&key)
        || invites::owns(key)
        || removals::owns(key)
        || words::is_the_phones(key);
    table != Table::Meta || !is_the_phones
}
