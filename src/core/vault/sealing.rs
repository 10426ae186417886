//! What a row looks like at rest: sealed under its table's key, bound to its place.

use crate::messages::Failure;
use crate::ports::Table;
use hearth_protocol::seal::NONCE_BYTES;
use hearth_protocol::{Key, SealError};

pub(super) struct Sealing {
    keys: [Key; Table::ALL.len()],
}

impl Sealing {
    pub(super) fn new(vault_key: &Key) -> Self {
        Self {
            keys: Table::ALL.map(|table| vault_key.derive(&format!("rest/{}", table.name()))),
        }
    }

    pub(super) fn seal(
        &self,
        table: Table,
        key: &[u8],
        nonce: [u8; NONCE_BYTES],
        plain: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        self.key(table)
            .seal(nonce, &place(table, key), plain)
            .map_err(|_| Failure::Damaged)
    }

    pub(super) fn open(&self, table: Table, key: &[u8], row: &[u8]) -> Result<Vec<u8>, SealError> {
        self.key(table).open(&place(table, key), row)
    }

    fn key(&self, table: Table) -> &Key {
        &self.keys[table as usize]
    }
}

fn place(table: Table, key: &[u8]) -> Vec<u8> {
    [table.name().as_bytes(), &[0], key].concat()
}
