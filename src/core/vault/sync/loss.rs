//! The server had lost some of what it held: it was brought back from a backup, or set up anew. It is
//! told again what it lacks, often within a second, and whoever looks later is to hear of it too.
//! The same of a store that was copied or set back, and that has new keys as soon.

use super::Vault;
use crate::circle::Loss;
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table};
use crate::sync::replica::{Replica, RowChange};
use hearth_protocol::{CircleId, Millis, Value};

const LOSS: &[u8] = b"loss";
const WENT_BACK: &[u8] = b"went-back";

/// How long it is spoken of, in milliseconds: as long as the bin keeps things.
const SPOKEN_OF: u64 = 30 * 24 * 60 * 60 * 1000;

/// When it was noticed, in which circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vault) struct Noticed {
    circle: CircleId,
    noticed: Millis,
}

impl Noticed {
    fn encode(self) -> Vec<u8> {
        let noticed = i64::try_from(self.noticed).unwrap_or(i64::MAX);
        let circle = Value::Bytes(self.circle.0.to_vec());
        Value::List(vec![Value::Int(1), circle, Value::Int(noticed)]).encode()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let value = Value::decode(bytes).ok()?;
        let [Value::Int(1), circle, noticed] = value.as_list()? else {
            return None;
        };
        Some(Self {
            circle: CircleId(circle.as_array()?),
            noticed: u64::try_from(noticed.as_int()?).ok()?,
        })
    }
}

/// The row that says that this store was copied or set back, as its own frames have shown.
pub(super) fn went_back_row(circle: CircleId, noticed: Millis) -> RowChange {
    RowChange {
        table: Table::Meta,
        key: WENT_BACK.to_vec(),
        value: Some(Noticed { circle, noticed }.encode()),
    }
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// What was noticed of the server, and of this phone's own store.
    pub(in crate::vault) async fn read_noticed(&mut self) -> Result<(), Failure> {
        for key in [LOSS, WENT_BACK] {
            let row = self.store.get(Table::Meta, key).await?;
            let row = row.and_then(|row| self.sealing.open(Table::Meta, key, &row).ok());
            let noticed = row.and_then(|row| Noticed::decode(&row));
            match key {
                LOSS => self.loss = noticed,
                _ => self.went_back = noticed,
            }
        }
        Ok(())
    }

    /// When that was noticed, as long as it is spoken of.
    pub(in crate::vault) fn went_back(&self) -> Option<Millis> {
        let noticed = self.went_back.filter(|noticed| self.is_spoken_of(noticed));
        noticed.map(|noticed| noticed.noticed)
    }

    fn is_spoken_of(&self, noticed: &Noticed) -> bool {
        let circle = self.replica.as_ref().map(Replica::id);
        let age = self.surroundings.now().saturating_sub(noticed.noticed);
        circle == Some(noticed.circle) && age < SPOKEN_OF
    }

    /// It lacks something that it had confirmed. Said several times of one loss, it is noted once.
    pub(super) async fn note_loss(&mut self) -> Result<(), Failure> {
        let Some(replica) = &self.replica else {
            return Ok(());
        };
        let (circle, noticed) = (replica.id(), self.surroundings.now());
        if std::mem::replace(&mut self.line.has_lost, true) {
            return Ok(());
        }
        let loss = Noticed { circle, noticed };
        let row = self.put(Table::Meta, LOSS, &loss.encode())?;
        self.commit(vec![row]).await?;
        self.loss = Some(loss);
        Ok(())
    }

    /// Once it has everything again, what waits later waits for another reason.
    pub(super) fn end_loss(&mut self) {
        self.line.has_lost &= self.is_mending() || self.unsent_photos() > 0;
    }

    /// What is said of it.
    pub(in crate::vault) fn server_loss(&self) -> Option<Loss> {
        let loss = self.loss.filter(|loss| self.is_spoken_of(loss))?;
        // At a server that is not the circle's own nothing is told again.
        let is_here = !self.is_at_other_server();
        let is_owed = self.is_mending() || self.line.has_lost && self.unsent_photos() > 0;
        is_here.then_some(Loss {
            noticed: loss.noticed,
            is_told_again: is_owed,
        })
    }

    fn is_mending(&self) -> bool {
        self.replica.as_ref().is_some_and(Replica::is_mending)
    }
}
