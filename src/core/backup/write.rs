//! Making a file: rows go in one by one, and each chunk is sealed when it is full.

use super::header::{self, Opened, SEAL_BYTES};
use super::{BackupError, Draw, Form};
use hearth_protocol::seal::NONCE_BYTES;

/// Where a chunk says which of its bytes begins a row.
pub(super) const MARK_BYTES: usize = 4;

/// No row begins in the chunk.
pub(super) const NO_ROW: u32 = u32::MAX;

/// A file that is being made. No more than one open chunk is kept beside what was sealed.
pub(crate) struct Writer<'a> {
    opened: Opened,
    draw: Draw<'a>,
    number: u32,
    /// The bytes of rows in the open chunk.
    chunk: Vec<u8>,
    first_row: Option<usize>,
    sealed: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(form: Form, passphrase: &str, draw: Draw<'a>) -> Result<Self, BackupError> {
        let opened = header::make(form, passphrase, draw)?;
        Ok(Self {
            sealed: opened.header.to_vec(),
            chunk: Vec::with_capacity(opened.chunk_bytes - MARK_BYTES),
            opened,
            draw,
            number: 0,
            first_row: None,
        })
    }

    /// Adds one row.
    pub(crate) fn put(&mut self, table: &str, key: &[u8], value: &[u8]) -> Result<(), BackupError> {
        let name = u8::try_from(table.len()).map_err(|_| BackupError::TooLong)?;
        let key_length = u16::try_from(key.len()).map_err(|_| BackupError::TooLong)?;
        let length = u32::try_from(value.len()).map_err(|_| BackupError::TooLong)?;
        if self.room() == 0 {
            self.seal(false)?;
        }
        self.first_row.get_or_insert(self.chunk.len());
        self.push(&[name])?;
        self.push(table.as_bytes())?;
        self.push(&key_length.to_be_bytes())?;
        self.push(key)?;
        self.push(&length.to_be_bytes())?;
        self.push(value)
    }

    /// The whole file.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, BackupError> {
        self.seal(true)?;
        self.sealed.extend_from_slice(&self.opened.header);
        Ok(self.sealed)
    }

    fn push(&mut self, mut bytes: &[u8]) -> Result<(), BackupError> {
        while !bytes.is_empty() {
            if self.room() == 0 {
                self.seal(false)?;
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

    fn seal(&mut self, is_last: bool) -> Result<(), BackupError> {
        let mark = self.first_row.take().map_or(Ok(NO_ROW), u32::try_from);
        let mark = mark.map_err(|_| BackupError::TooLong)?;
        let mut plain = mark.to_be_bytes().to_vec();
        plain.append(&mut self.chunk);
        plain.resize(self.opened.chunk_bytes, 0);
        let mut nonce = [0; NONCE_BYTES];
        (self.draw)(&mut nonce)?;
        let place = header::place(&self.opened.header, self.number, is_last);
        let sealed = self.opened.key.seal(nonce, &place, &plain);
        let sealed = sealed.map_err(|_| BackupError::TooLong)?;
        debug_assert_eq!(sealed.len(), self.opened.chunk_bytes + SEAL_BYTES);
        self.sealed.extend_from_slice(&sealed);
        self.number = self.number.checked_add(1).ok_or(BackupError::TooLong)?;
        Ok(())
    }
}
