//! The first version: the object stores of `docs/store-format.md`, with keys out of line.

use crate::indexed_db::KEYS;
use idb::{Database, Error, ObjectStoreParams};

pub(super) fn run(database: &Database) -> Result<(), Error> {
    for name in ["meta", "changes", "drafts", "blobs", KEYS] {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}
