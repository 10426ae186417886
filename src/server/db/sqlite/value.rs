//! Between SQLite's types and ours. SQLite has signed numbers; the protocol's end at 2^63 - 1.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::db::{DatabaseError, Stored};

pub(super) fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn number(row: &SqliteRow, column: usize) -> Stored<u64> {
    from_sql(row.try_get(column)?)
}

pub(super) fn optional_number(row: &SqliteRow, column: usize) -> Stored<Option<u64>> {
    let number: Option<i64> = row.try_get(column)?;
    number.map(from_sql).transpose()
}

fn from_sql(number: i64) -> Stored<u64> {
    u64::try_from(number).map_err(|_| DatabaseError::Damaged("number"))
}

pub(super) fn array<const N: usize>(row: &SqliteRow, column: usize) -> Stored<[u8; N]> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| DatabaseError::Damaged("id"))
}

pub(super) fn optional_array<const N: usize>(
    row: &SqliteRow,
    column: usize,
) -> Stored<Option<[u8; N]>> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    bytes
        .map(|bytes| bytes.try_into().map_err(|_| DatabaseError::Damaged("id")))
        .transpose()
}

pub(super) fn bytes(row: &SqliteRow, column: usize) -> Stored<Vec<u8>> {
    Ok(row.try_get(column)?)
}
