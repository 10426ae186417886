//! The journal as a file that only grows: a first line, then records, each its length (4 bytes, big endian), the first 8
//! bytes of its SHA-256, and itself.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::{Journal, Record};

const FIRST_LINE: &[u8] = b"hearth journal 1\n";
const LENGTH: usize = 4;
const CHECK: usize = 8;

/// A journal in a file.
#[derive(Debug)]
pub struct FileJournal {
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// Half a record may stand at the end, and a record after it would not be found.
    has_failed: bool,
}

impl FileJournal {
    /// Opens the file, making it where it is missing, and gives the records in it. Half a record at the end was never
    /// acknowledged: it is cut off.
    ///
    /// # Errors
    /// Where the file cannot be had, or is something else.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<Record>)> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            crate::files::make_private_folder(folder)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let mut file = crate::files::open_private(&mut options, path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if bytes.len() < FIRST_LINE.len() && FIRST_LINE.starts_with(&bytes) {
            file.set_len(0)?;
            file.write_all(FIRST_LINE)?;
            bytes = FIRST_LINE.to_vec();
        }
        let rest = bytes.strip_prefix(FIRST_LINE).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "it is not a journal of this server",
            )
        })?;
        let (records, torn) = read_records(rest);
        if torn > 0 {
            tracing::warn!(bytes = torn, "cut half a record off the end of the journal");
            file.set_len((bytes.len() - torn) as u64)?;
        }
        file.sync_all()?;
        let open = Open {
            file,
            has_failed: false,
        };
        Ok((
            Self {
                open: Mutex::new(open),
            },
            records,
        ))
    }
}

impl Journal for FileJournal {
    fn keep(&self, record: &Record) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.has_failed {
            return Err(io::Error::other("it failed before"));
        }
        let bytes = frame_record(&record.encode());
        let kept = open
            .file
            .write_all(&bytes)
            .and_then(|()| open.file.sync_data());
        open.has_failed = kept.is_err();
        kept
    }
}

fn frame_record(record: &[u8]) -> Vec<u8> {
    let length = u32::try_from(record.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &check(record), record].concat()
}

fn check(record: &[u8]) -> [u8; CHECK] {
    let mut short = [0; CHECK];
    short.copy_from_slice(&Sha256::digest(record)[..CHECK]);
    short
}

/// The records, and how many bytes at the end are not one.
fn read_records(mut rest: &[u8]) -> (Vec<Record>, usize) {
    let mut records = Vec::new();
    while let Some((record, is_right, after)) = split_record(rest) {
        let read = Record::decode(record);
        match read.ok().filter(|_| is_right) {
            Some(record) => records.push(record),
            None if after.is_empty() => break,
            None => tracing::error!("a record of the journal is damaged, and was left out"),
        }
        rest = after;
    }
    (records, rest.len())
}

/// A whole record, whether its check is right, and what follows it.
fn split_record(bytes: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let (written, rest) = rest.split_first_chunk::<CHECK>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (record, after) = rest.split_at_checked(length)?;
    Some((record, check(record) == *written, after))
}
