//! With the wire: circles and their frames. What waits in `changes` stays where it is until the
//! engine frames it.

use hearth_core::ports::Table;
use idb::{Database, Error, ObjectStoreParams};

pub(super) fn run(database: &Database) -> Result<(), Error> {
    for table in [Table::Circles, Table::Frames] {
        database.create_object_store(table.name(), ObjectStoreParams::new())?;
    }
    Ok(())
}
