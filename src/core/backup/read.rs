//! Opening a file: row after row, over what is damaged and on.

use super::header::{self, HEADER_BYTES, Opened, Opener, SEAL_BYTES, SetName};
use super::write::{MARK_BYTES, NO_ROW};
use super::{BackupError, Row, row::read_row};
use crate::ports::Source;
use std::num::NonZeroU16;

/// Sealed chunks that are read at once, in bytes; at least one is.
const BYTES_AT_ONCE: usize = 1024 * 1024;

/// A file that is being read. No more than one row and a mebibyte of it are kept.
pub(crate) struct Reader<'s, S> {
    source: &'s S,
    opened: Opened,
    /// How many chunks the file has.
    count: u32,
    /// The chunk that comes next.
    number: u32,
    /// Sealed chunks, of which so many bytes were opened.
    block: Vec<u8>,
    opened_bytes: usize,
    /// What is known of the row that comes next, from its first byte on.
    begun: Vec<u8>,
    /// How much of it was handed out already.
    taken: usize,
    /// The bytes that follow belong to a row whose beginning is known.
    is_in_row: bool,
    damaged: Vec<u32>,
    is_cut_off: bool,
}

impl<'s, S: Source> Reader<'s, S> {
    /// Reads the headers and stretches the passphrase. No chunk is opened yet.
    pub(crate) async fn open(source: &'s S, opener: &mut Opener) -> Result<Self, BackupError> {
        let length = source.length();
        let ends = HEADER_BYTES as u64;
        let end = length.checked_sub(ends).ok_or(BackupError::NotABackup)?;
        let first = source.read(0, HEADER_BYTES).await?;
        let last = source.read(end, HEADER_BYTES).await?;
        let opened = opener.open(&first, &last)?;
        let stride = (opened.chunk_bytes + SEAL_BYTES) as u64;
        let count = u32::try_from(end / stride).map_err(|_| BackupError::TooLong)?;
        Ok(Self {
            source,
            is_cut_off: end % stride != ends || count == 0,
            opened,
            count,
            number: 0,
            block: Vec::new(),
            opened_bytes: 0,
            begun: Vec::new(),
            taken: 0,
            is_in_row: false,
            damaged: Vec::new(),
        })
    }

    /// Which backup the file is of.
    pub(crate) fn set(&self) -> SetName {
        self.opened.set()
    }

    /// Which part of it, from 1. Nothing where the file is all of it.
    pub(crate) fn part(&self) -> Option<NonZeroU16> {
        self.opened.part()
    }

    /// The next row that is whole. After the last one, [`Reader::damaged`] is known.
    pub(crate) async fn next_row(&mut self) -> Result<Option<Row>, BackupError> {
        loop {
            let rest = self.begun.get(self.taken..).unwrap_or_default();
            if let Some((row, length)) = read_row(rest) {
                self.taken += length;
                return Ok(Some(row));
            }
            if self.number == self.count {
                return Ok(None);
            }
            self.take_chunk().await?;
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

    async fn take_chunk(&mut self) -> Result<(), BackupError> {
        let number = self.number;
        let opened = self.next_chunk().await?;
        self.begun.drain(..self.taken);
        self.taken = 0;
        let Some((plain, is_last)) = opened else {
            self.damaged.push(number);
            self.begun.clear();
            self.is_in_row = false;
            return Ok(());
        };
        self.is_cut_off |= self.number == self.count && !is_last;
        let (mark, bytes) = plain
            .split_first_chunk::<MARK_BYTES>()
            .ok_or(BackupError::NotABackup)?;
        let mark = u32::from_be_bytes(*mark);
        if self.is_in_row {
            self.begun.extend_from_slice(bytes);
        } else if mark != NO_ROW {
            let first = usize::try_from(mark).ok();
            let first = first.and_then(|first| bytes.get(first..));
            self.begun.extend_from_slice(first.unwrap_or_default());
            self.is_in_row = true;
        }
        Ok(())
    }

    /// What is in the next chunk and whether it is the last one of its file; nothing where it
    /// does not open.
    async fn next_chunk(&mut self) -> Result<Option<(Vec<u8>, bool)>, BackupError> {
        let stride = self.opened.chunk_bytes + SEAL_BYTES;
        if self.opened_bytes == self.block.len() {
            let many = (BYTES_AT_ONCE / stride).max(1);
            let left = usize::try_from(self.count - self.number).unwrap_or(usize::MAX);
            let from = HEADER_BYTES as u64 + u64::from(self.number) * stride as u64;
            self.block = self.source.read(from, many.min(left) * stride).await?;
            self.opened_bytes = 0;
        }
        let sealed = self
            .block
            .get(self.opened_bytes..self.opened_bytes + stride);
        let sealed = sealed.ok_or_else(crate::ports::SourceError::cut_off)?;
        self.opened_bytes += stride;
        let open = |is_last| {
            let place = header::place(&self.opened.header, self.number, is_last);
            let plain = self.opened.key.open(&place, sealed).ok()?;
            Some((plain, is_last))
        };
        let plain = open(false).or_else(|| open(true));
        self.number += 1;
        Ok(plain)
    }
}
