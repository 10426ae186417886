//! Making a file: rows go in one by one, and each chunk is sealed when it is full.

use super::header::{self, HEADER_BYTES, Opened, SEAL_BYTES, Set};
use super::{BackupError, Draw};
use hearth_protocol::seal::NONCE_BYTES;

/// Where a chunk says which of its bytes begins a row.
pub(super) const MARK_BYTES: usize = 4;

/// No row begins in the chunk.
pub(super) const NO_ROW: u32 = u32::MAX;

/// A file that is being made. No more than one open chunk is kept beside what was sealed and not
/// yet taken.
pub(crate) struct Writer {
    opened: Opened,
    number: u32,
    /// The bytes of rows in the open chunk.
    chunk: Vec<u8>,
    first_row: Option<usize>,
    sealed: Vec<u8>,
}

impl Writer {
    /// The part of that number, from 1.
    pub(crate) fn new(set: &Set, part: u16) -> Self {
        let opened = set.part(part);
        Self {
            sealed: opened.header.to_vec(),
            chunk: Vec::with_capacity(opened.chunk_bytes - MARK_BYTES),
            opened,
            number: 0,
            first_row: None,
        }
    }

    /// The bytes of the whole file, were rows of so many bytes to follow and nothing more.
    pub(crate) fn length_with(&self, rows: u64) -> u64 {
        let room = (self.opened.chunk_bytes - MARK_BYTES) as u64;
        let open = self.chunk.len() as u64 + rows;
        let chunks = u64::from(self.number) + open.div_ceil(room).max(1);
        2 * HEADER_BYTES as u64 + chunks * (self.opened.chunk_bytes + SEAL_BYTES) as u64
    }

    /// Sealed bytes that nobody took yet.
    pub(crate) fn sealed(&self) -> usize {
        self.sealed.len()
    }

    /// Hands them over.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.sealed)
    }

    /// Adds one row.
    pub(crate) fn put(
        &mut self,
        table: &str,
        key: &[u8],
        value: &[u8],
        draw: Draw<'_>,
    ) -> Result<(), BackupError> {
        let name = u8::try_from(table.len()).map_err(|_| BackupError::TooLong)?;
        let key_length = u16::try_from(key.len()).map_err(|_| BackupError::TooLong)?;
        let length = u32::try_from(value.len()).map_err(|_| BackupError::TooLong)?;
        if self.room() == 0 {
            self.seal(false, draw)?;
        }
        self.first_row.get_or_insert(self.chunk.len());
        for bytes in [
            &[name],
            table.as_bytes(),
            &key_length.to_be_bytes(),
            key,
            &length.to_be_bytes(),
            value,
        ] {
            self.push(bytes, draw)?;
        }
        Ok(())
    }

    /// The last bytes of the file: nothing may be put in any more.
    pub(crate) fn finish(&mut self, draw: Draw<'_>) -> Result<Vec<u8>, BackupError> {
        self.seal(true, draw)?;
        self.sealed.extend_from_slice(&self.opened.header);
        Ok(self.take())
    }

    fn push(&mut self, mut bytes: &[u8], draw: Draw<'_>) -> Result<(), BackupError> {
        while !bytes.is_empty() {
            if self.room() == 0 {
                self.seal(false, draw)?;
            }
            let (now, later) = bytes.split_at(self.room().min(bytes.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn room(&self) -> usize {
        self.opened.chunk_bytes - MARK_BYTES - self.chunk.len()
    }

    fn seal(&mut self, is_last: bool, draw: Draw<'_>) -> Result<(), BackupError> {
        let mark = self.first_row.take().map_or(Ok(NO_ROW), u32::try_from);
        let mark = mark.map_err(|_| BackupError::TooLong)?;
        let mut plain = mark.to_be_bytes().to_vec();
        plain.append(&mut self.chunk);
        plain.resize(self.opened.chunk_bytes, 0);
        let mut nonce = [0; NONCE_BYTES];
        draw(&mut nonce)?;
        let place = header::place(&self.opened.header, self.number, is_last);
        let sealed = self.opened.key.seal(nonce, &place, &plain);
        let sealed = sealed.map_err(|_| BackupError::TooLong)?;
        debug_assert_eq!(sealed.len(), self.opened.chunk_bytes + SEAL_BYTES);
        self.sealed.extend_from_slice(&sealed);
        self.number = self.number.checked_add(1).ok_or(BackupError::TooLong)?;
        Ok(())
    }
}
