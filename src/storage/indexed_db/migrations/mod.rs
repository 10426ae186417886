//! From one version of the database to the next, one file each. A step only ever adds.

mod v1;
mod v2;

use idb::{Database, Error};

/// The version that this build writes.
pub(super) const VERSION: u32 = 2;

/// Brings a database of version `old` (0: there was none) to [`VERSION`].
pub(super) fn run(database: &Database, old: u32) -> Result<(), Error> {
    if old < 1 {
        v1::run(database)?;
    }
    if old < 2 {
        v2::run(database)?;
    }
    Ok(())
}
