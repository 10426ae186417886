//! Opening a file: row after row, over what is damaged and on.

use super::BackupError;
use super::header::{self, HEADER_BYTES, Opened, SEAL_BYTES};
use super::write::{MARK_BYTES, NO_ROW};

/// One row, as it went in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) table: String,
    pub(crate) key: Vec<u8>,
    pub(crate) value: Vec<u8>,
}

/// A file that is being read. Beside the file itself, no more than one row is kept.
pub(crate) struct Reader<'a> {
    opened: Opened,
    chunks: &'a [u8],
    number: u32,
    /// What is known of the row that comes next, from its first byte on.
    begun: Vec<u8>,
    /// How much of it was handed out already.
    taken: usize,
    /// The bytes that follow belong to a row whose beginning is known.
    is_in_row: bool,
    damaged: Vec<u32>,
    is_cut_off: bool,
}

impl<'a> Reader<'a> {
    /// Stretches the passphrase and opens nothing yet.
    pub(crate) fn open(file: &'a [u8], passphrase: &str) -> Result<Self, BackupError> {
        let opened = header::open(file, passphrase)?;
        let stride = opened.chunk_bytes + SEAL_BYTES;
        let body = file.get(HEADER_BYTES..).unwrap_or_default();
        let is_whole = body.len() % stride == HEADER_BYTES;
        let length = body.len() / stride * stride;
        Ok(Self {
            opened,
            chunks: body.get(..length).unwrap_or_default(),
            number: 0,
            begun: Vec::new(),
            taken: 0,
            is_in_row: false,
            damaged: Vec::new(),
            is_cut_off: !is_whole || length == 0,
        })
    }

    /// The next row that is whole. After the last one, [`Reader::damaged`] is known.
    pub(crate) fn next_row(&mut self) -> Option<Row> {
        loop {
            let rest = self.begun.get(self.taken..).unwrap_or_default();
            match read_row(rest) {
                Some((row, length)) => {
                    self.taken += length;
                    return Some(row);
                }
                None => self.take_chunk()?,
            }
        }
    }

    /// The chunks that did not open, from 0.
    pub(crate) fn damaged(&self) -> &[u32] {
        &self.damaged
    }

    /// Whether the file ends before its end.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    fn take_chunk(&mut self) -> Option<()> {
        let stride = self.opened.chunk_bytes + SEAL_BYTES;
        let (sealed, rest) = self.chunks.split_at_checked(stride)?;
        self.chunks = rest;
        let (number, is_end) = (self.number, rest.is_empty());
        self.number += 1;
        self.begun.drain(..self.taken);
        self.taken = 0;
        let Some((plain, is_last)) = self.open_chunk(number, sealed) else {
            self.damaged.push(number);
            self.begun.clear();
            self.is_in_row = false;
            return Some(());
        };
        self.is_cut_off |= is_end && !is_last;
        let (mark, bytes) = plain.split_first_chunk::<MARK_BYTES>()?;
        let mark = u32::from_be_bytes(*mark);
        if self.is_in_row {
            self.begun.extend_from_slice(bytes);
        } else if mark != NO_ROW {
            let first = usize::try_from(mark).ok();
            let first = first.and_then(|first| bytes.get(first..));
            self.begun.extend_from_slice(first.unwrap_or_default());
            self.is_in_row = true;
        }
        Some(())
    }

    fn open_chunk(&self, number: u32, sealed: &[u8]) -> Option<(Vec<u8>, bool)> {
        let open = |is_last| {
            let place = header::place(&self.opened.header, number, is_last);
            let plain = self.opened.key.open(&place, sealed).ok()?;
            Some((plain, is_last))
        };
        open(false).or_else(|| open(true))
    }
}

/// The row at the beginning of these bytes and its length; `None` where it is not whole yet, and
/// where only padding follows.
fn read_row(bytes: &[u8]) -> Option<(Row, usize)> {
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
