//! The first 64 bytes of a file, and its last 64 again: what opens it, but for the passphrase.

use super::passphrase::{Cost, stretch};
use super::{BackupError, Draw};
use hearth_protocol::Key;

/// Bytes of a header.
pub(crate) const HEADER_BYTES: usize = 64;

const MAGIC: &[u8; 8] = b"HEARTHBK";
const VERSION: u8 = 1;
const SALT: std::ops::Range<usize> = 24..40;
const CHECK: std::ops::Range<usize> = 56..64;

/// Bytes that sealing adds to a chunk: version, nonce, tag.
pub(super) const SEAL_BYTES: usize = 1 + 24 + 16;

/// How a file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What stretching the passphrase costs.
    pub(crate) cost: Cost,
    /// Bytes of a chunk before it is sealed, as a power of two.
    pub(crate) chunk_bits: u8,
}

impl Form {
    /// What an app makes. 64 KiB: a photo that is damaged in one place loses itself alone, and
    /// sealing adds less than a thousandth.
    pub(crate) const USUAL: Self = Self {
        cost: Cost::USUAL,
        chunk_bits: 16,
    };

    /// Small and quick, for tests alone.
    #[cfg(test)]
    pub(crate) const SMALL: Self = Self {
        cost: Cost::LEAST,
        chunk_bits: 10,
    };
}

/// The bytes of a header, and the keys that it and the passphrase give.
pub(super) struct Opened {
    pub(super) header: [u8; HEADER_BYTES],
    pub(super) chunk_bytes: usize,
    pub(super) key: Key,
}

/// A fresh header: its salt and the name of the file are drawn.
pub(super) fn make(form: Form, passphrase: &str, draw: Draw<'_>) -> Result<Opened, BackupError> {
    let mut header = [0; HEADER_BYTES];
    header[..8].copy_from_slice(MAGIC);
    header[8] = VERSION;
    header[9] = form.chunk_bits;
    let Cost {
        memory,
        passes,
        lanes,
    } = form.cost;
    for (place, number) in [(12, memory), (16, passes), (20, lanes)] {
        header[place..place + 4].copy_from_slice(&number.to_be_bytes());
    }
    draw(&mut header[SALT.start..CHECK.start])?;
    let key = stretch(passphrase, &header[SALT], form.cost)?;
    let check = check_of(&key, &header);
    header[CHECK].copy_from_slice(&check);
    Ok(Opened {
        header,
        chunk_bytes: 1 << form.chunk_bits,
        key: key.derive("backup/chunk"),
    })
}

/// Opens a file's header, the one at its end where the first one is damaged.
pub(super) fn open(file: &[u8], passphrase: &str) -> Result<Opened, BackupError> {
    let first = file.first_chunk().ok_or(BackupError::NotABackup)?;
    let opened = open_one(first, passphrase);
    match (opened, file.last_chunk()) {
        (Err(why), Some(last)) if last != first => match (why, open_one(last, passphrase)) {
            // A file that was cut off has no header at its end: the first one's answer counts.
            (why, Err(BackupError::NotABackup)) => Err(why),
            (_, answer) => answer,
        },
        (opened, _) => opened,
    }
}

fn open_one(header: &[u8; HEADER_BYTES], passphrase: &str) -> Result<Opened, BackupError> {
    let form = read(header)?;
    let key = stretch(passphrase, &header[SALT], form.cost)?;
    if header[CHECK] != check_of(&key, header) {
        return Err(BackupError::WrongPassphrase);
    }
    Ok(Opened {
        header: *header,
        chunk_bytes: 1 << form.chunk_bits,
        key: key.derive("backup/chunk"),
    })
}

/// A form that this build would make, or could be asked to open without harm.
fn read(header: &[u8; HEADER_BYTES]) -> Result<Form, BackupError> {
    if header[..8] != *MAGIC {
        return Err(BackupError::NotABackup);
    }
    if header[8] != VERSION {
        return Err(BackupError::Later(header[8]));
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|four| four.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    let form = Form {
        cost: Cost {
            memory: number(12),
            passes: number(16),
            lanes: number(20),
        },
        chunk_bits: header[9],
    };
    let is_sane =
        form.cost.is_sane() && (10..=20).contains(&form.chunk_bits) && header[10..12] == [0, 0];
    is_sane.then_some(form).ok_or(BackupError::NotABackup)
}

/// Says of a passphrase and a header whether they are right before any chunk is opened: a chunk
/// that does not open is then known to be damaged.
fn check_of(key: &Key, header: &[u8; HEADER_BYTES]) -> [u8; 8] {
    let before = header[..CHECK.start].iter();
    let before: String = before.map(|byte| format!("{byte:02x}")).collect();
    let derived = key.derive(&format!("backup/check/{before}"));
    let mut check = [0; 8];
    check.copy_from_slice(&derived.expose()[..8]);
    check
}

/// The associated data of a chunk.
pub(super) fn place(header: &[u8; HEADER_BYTES], number: u32, is_last: bool) -> Vec<u8> {
    let number = number.to_be_bytes();
    let last = [u8::from(is_last)];
    [b"hearth/1/backup-chunk\0", &header[..], &number, &last].concat()
}
