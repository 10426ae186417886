//! Which parts of a backup came to this phone, while others are missing. It is kept, because the
//! rest may come after a start: till then nobody may clear away a photo that nothing names yet.

use crate::backup::SetName;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::vault::Vault;
use hearth_protocol::{SortedMap, SortedSet, Value};

/// Where it stands in `meta`.
pub(super) const BROUGHT: &[u8] = b"brought";

/// What came of one backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Brought {
    /// The parts that came, from 1.
    came: SortedSet<u16>,
    /// It has so many parts at least.
    least: u16,
    /// And no more.
    is_end_known: bool,
}

impl Brought {
    /// A part came. `is_last` is nothing where the part is damaged at its end.
    pub(super) fn take(&mut self, part: u16, is_last: Option<bool>) {
        self.came.insert(part);
        let least = match is_last {
            Some(false) => part.saturating_add(1),
            _ => part,
        };
        self.least = self.least.max(least);
        self.is_end_known |= is_last == Some(true);
    }

    /// The parts that are known to be, and did not come.
    pub(super) fn missing(&self) -> Vec<u16> {
        let parts = 1..=self.least;
        parts.filter(|part| !self.came.contains(part)).collect()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_end_known && self.missing().is_empty()
    }

    fn encode(&self, set: SetName) -> Value {
        let came = self.came.iter().map(|part| Value::Int((*part).into()));
        Value::List(vec![
            Value::Bytes(set.0.to_vec()),
            Value::Int(self.least.into()),
            Value::Int(self.is_end_known.into()),
            Value::List(came.collect()),
        ])
    }

    fn decode(value: &Value) -> Option<(SetName, Self)> {
        let [set, least, is_end_known, came] = value.as_list()? else {
            return None;
        };
        let number = |value: &Value| u16::try_from(value.as_int()?).ok();
        let came = came.as_list()?.iter().map(number);
        let brought = Self {
            came: came.collect::<Option<_>>()?,
            least: number(least)?,
            is_end_known: number(is_end_known)? == 1,
        };
        Some((SetName(set.as_array()?), brought))
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// The backups of which parts are missing.
    pub(super) async fn read_brought(&self) -> Result<SortedMap<SetName, Brought>, Failure> {
        let row = self.kept_row(Table::Meta, BROUGHT).await?;
        let value = row.and_then(|row| Value::decode(&row).ok());
        let Some([Value::Int(1), sets]) = value.as_ref().and_then(Value::as_list) else {
            return Ok(SortedMap::new());
        };
        let sets = sets.as_list().unwrap_or_default().iter();
        Ok(sets.filter_map(Brought::decode).collect())
    }

    /// The step that keeps what came of this backup; of a whole one nothing.
    pub(super) async fn keep_brought(
        &self,
        set: SetName,
        brought: &Brought,
    ) -> Result<Write, Failure> {
        let mut all = self.read_brought().await?;
        all.remove(&set);
        if !brought.is_whole() {
            all.insert(set, brought.clone());
        }
        if all.is_empty() {
            return Ok(Write::Delete {
                table: Table::Meta,
                key: BROUGHT.to_vec(),
            });
        }
        let sets = all.iter().map(|(set, brought)| brought.encode(*set));
        let row = Value::List(vec![Value::Int(1), Value::List(sets.collect())]);
        self.put(Table::Meta, BROUGHT, &row.encode())
    }
}
