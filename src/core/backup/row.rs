//! One row: the name of its table, its key, its value, each with its length before it.

/// One row, as it went in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) table: String,
    pub(crate) key: Vec<u8>,
    pub(crate) value: Vec<u8>,
}

/// Bytes that a row takes beside its name, key and value.
const LENGTHS: usize = 1 + 2 + 4;

/// What a row takes in a file, before sealing.
pub(crate) fn row_bytes(table: &str, key: &[u8], value: &[u8]) -> u64 {
    (LENGTHS + table.len() + key.len() + value.len()) as u64
}

/// The row at the beginning of these bytes and its length; `None` where it is not whole yet, and
/// where only padding follows.
pub(super) fn read_row(bytes: &[u8]) -> Option<(Row, usize)> {
    let (name, rest) = bytes.split_first()?;
    if *name == 0 {
        return None;
    }
    let (table, rest) = rest.split_at_checked(usize::from(*name))?;
    let (length, rest) = rest.split_first_chunk()?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (value, rest) = rest.split_at_checked(length)?;
    let row = Row {
        table: String::from_utf8_lossy(table).into_owned(),
        key: key.to_vec(),
        value: value.to_vec(),
    };
    Some((row, bytes.len() - rest.len()))
}
