//! The first version: the object stores of `docs/store-format.md`, with keys out of line.

use crate::indexed_db::KEYS;
use hearth_core::ports::Table;
use idb::{Database, Error, ObjectStoreParams};

pub(super) fn run(database: &Database) -> Result<(), Error> {
    let tables = Table::ALL.map(Table::name);
    for name in tables.into_iter().chain([KEYS]) {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}
