//! Backups of a vault: made, brought back, and what this phone knows of the last one.

mod brought;
mod damage;
mod make;
mod part;
mod restore;
mod staging;

pub use damage::Damage;
pub use part::{BackupInProgress, BackupStep, PART_LIMIT, Piece};
pub use restore::Restored;

use super::Vault;
use crate::backup::{BackupError, Index};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::replica::Epochs;
use hearth_protocol::{Millis, SortedMap, StreamId, Value};

const LAST_BACKUP: &[u8] = b"backup";

/// The newest backup: when it was made, and up to which epoch of each stream it has the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LastBackup {
    pub(super) made: Millis,
    pub(super) epochs: SortedMap<StreamId, u64>,
}

impl From<&Index> for LastBackup {
    fn from(index: &Index) -> Self {
        Self {
            made: index.made,
            epochs: index.epochs.clone(),
        }
    }
}

impl LastBackup {
    /// Whether it opens what is sealed under these epochs.
    pub(super) fn opens(&self, epochs: &Epochs) -> bool {
        epochs.iter().all(|(stream, epoch)| {
            let newest = self.epochs.get(stream);
            newest.is_some_and(|newest| newest >= epoch)
        })
    }

    fn encode(&self) -> Vec<u8> {
        let number = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        let epochs = self.epochs.iter().map(|(stream, epoch)| {
            Value::List(vec![Value::Bytes(stream.0.to_vec()), number(*epoch)])
        });
        let epochs = Value::List(epochs.collect());
        Value::List(vec![Value::Int(1), number(self.made), epochs]).encode()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let value = Value::decode(bytes).ok()?;
        let [Value::Int(1), made, epochs] = value.as_list()? else {
            return None;
        };
        let epochs = epochs.as_list()?.iter().map(|entry| {
            let [stream, epoch] = entry.as_list()? else {
                return None;
            };
            Some((
                StreamId(stream.as_array()?),
                u64::try_from(epoch.as_int()?).ok()?,
            ))
        });
        Some(Self {
            made: u64::try_from(made.as_int()?).ok()?,
            epochs: epochs.collect::<Option<_>>()?,
        })
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    pub(super) async fn read_last_backup(&self) -> Result<Option<LastBackup>, Failure> {
        let row = self.store.get(Table::Meta, LAST_BACKUP).await?;
        let row = row.and_then(|row| self.sealing.open(Table::Meta, LAST_BACKUP, &row).ok());
        Ok(row.and_then(|row| LastBackup::decode(&row)))
    }

    /// Remembers that a backup was made, with the keys that are in it.
    async fn note_backup(&mut self, backup: LastBackup) -> Result<(), Failure> {
        let row = self.put(Table::Meta, LAST_BACKUP, &backup.encode())?;
        self.commit(vec![row]).await?;
        self.backup = Some(backup);
        Ok(())
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Random(error) => error.into(),
            BackupError::Source(error) => Self::Lost(error.to_string()),
            BackupError::NotABackup => Self::NotABackup,
            BackupError::Later(_) => Self::LaterBackup,
            BackupError::WrongPassphrase => Self::WrongPassphrase,
            BackupError::WeakPassphrase => Self::WeakPassphrase,
            BackupError::NoRoom => Self::Full,
            BackupError::TooLong => Self::Refused(error.to_string()),
        }
    }
}
