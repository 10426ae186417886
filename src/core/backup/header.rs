//! The first 64 bytes of a file, and its last 64 again: what opens it, but for the passphrase.

use super::passphrase::{Cost, stretch};
use super::{BackupError, Draw};
use hearth_protocol::Key;
use std::num::NonZeroU16;
use std::ops::Range;

/// Bytes of a header.
pub(crate) const HEADER_BYTES: usize = 64;

const MAGIC: &[u8; 8] = b"HEARTHBK";
const VERSION: u8 = 2;
/// A backup in one file, whatever its size.
const WITHOUT_PARTS: u8 = 1;
const PART: Range<usize> = 10..12;
const SALT: Range<usize> = 24..40;
const NAME: Range<usize> = 40..56;
const CHECK: Range<usize> = 56..64;

/// Bytes that sealing adds to a chunk: version, nonce, tag.
pub(super) const SEAL_BYTES: usize = 1 + 24 + 16;

/// By this the parts of one backup know each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SetName(pub(crate) [u8; 16]);

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

/// What the parts of one backup share: they are stretched from one passphrase and one salt, so
/// that making them costs that once.
pub(crate) struct Set {
    form: Form,
    salt: [u8; 16],
    name: SetName,
    secret: Key,
}

impl Set {
    /// A fresh one: its salt and its name are drawn.
    pub(crate) fn draw(form: Form, passphrase: &str, draw: Draw<'_>) -> Result<Self, BackupError> {
        let (mut salt, mut name) = ([0; 16], [0; 16]);
        draw(&mut salt)?;
        draw(&mut name)?;
        Ok(Self {
            secret: stretch(passphrase, &salt, form.cost)?,
            name: SetName(name),
            form,
            salt,
        })
    }

    /// The header of a part, and the key of its chunks. Parts count from 1.
    pub(super) fn part(&self, number: u16) -> Opened {
        let mut header = [0; HEADER_BYTES];
        header[..8].copy_from_slice(MAGIC);
        header[8] = VERSION;
        header[9] = self.form.chunk_bits;
        header[PART].copy_from_slice(&number.to_be_bytes());
        let Cost {
            memory,
            passes,
            lanes,
        } = self.form.cost;
        for (place, number) in [(12, memory), (16, passes), (20, lanes)] {
            header[place..place + 4].copy_from_slice(&number.to_be_bytes());
        }
        header[SALT].copy_from_slice(&self.salt);
        header[NAME].copy_from_slice(&self.name.0);
        let check = check_of(&self.secret, &header);
        header[CHECK].copy_from_slice(&check);
        Opened::new(header, self.form, &self.secret)
    }
}

/// The bytes of a header, and the key that it and the passphrase give.
pub(super) struct Opened {
    pub(super) header: [u8; HEADER_BYTES],
    pub(super) chunk_bytes: usize,
    pub(super) key: Key,
}

impl Opened {
    fn new(header: [u8; HEADER_BYTES], form: Form, secret: &Key) -> Self {
        Self {
            header,
            chunk_bytes: 1 << form.chunk_bits,
            key: secret.derive("backup/chunk"),
        }
    }

    /// Which backup the file is of.
    pub(super) fn set(&self) -> SetName {
        let mut name = [0; 16];
        name.copy_from_slice(&self.header[NAME]);
        SetName(name)
    }

    /// Which part of it, from 1. Nothing where it is all of it: a file of version 1.
    pub(super) fn part(&self) -> Option<NonZeroU16> {
        NonZeroU16::new(read_part(&self.header))
    }
}

/// Opens headers with one passphrase. Parts of one backup are stretched once.
pub(crate) struct Opener {
    passphrase: String,
    stretched: Vec<(Cost, [u8; 16], Key)>,
}

impl Opener {
    pub(crate) fn new(passphrase: &str) -> Self {
        Self {
            passphrase: passphrase.to_owned(),
            stretched: Vec::new(),
        }
    }

    /// Opens the first header of a file, or its last where the first one is damaged.
    pub(super) fn open(&mut self, first: &[u8], last: &[u8]) -> Result<Opened, BackupError> {
        match self.open_one(first) {
            Err(why) if first != last => match (why, self.open_one(last)) {
                // A file that was cut off has no header at its end: the first one's answer counts.
                (why, Err(BackupError::NotABackup)) => Err(why),
                (_, answer) => answer,
            },
            opened => opened,
        }
    }

    fn open_one(&mut self, header: &[u8]) -> Result<Opened, BackupError> {
        let header = header.try_into().map_err(|_| BackupError::NotABackup)?;
        let form = read(header)?;
        let mut salt = [0; 16];
        salt.copy_from_slice(&header[SALT]);
        let secret = self.stretch(form.cost, salt)?;
        if header[CHECK] != check_of(secret, header) {
            return Err(BackupError::WrongPassphrase);
        }
        Ok(Opened::new(*header, form, secret))
    }

    fn stretch(&mut self, cost: Cost, salt: [u8; 16]) -> Result<&Key, BackupError> {
        let known = self.stretched.iter();
        let known = known.map(|(cost, salt, _)| (*cost, *salt));
        let at = match known.into_iter().position(|known| known == (cost, salt)) {
            Some(at) => at,
            None => {
                let secret = stretch(&self.passphrase, &salt, cost)?;
                self.stretched.push((cost, salt, secret));
                self.stretched.len() - 1
            }
        };
        let known = self.stretched.get(at).map(|(_, _, secret)| secret);
        known.ok_or(BackupError::NotABackup)
    }
}

/// A form that this build would make, or could be asked to open without harm.
fn read(header: &[u8; HEADER_BYTES]) -> Result<Form, BackupError> {
    if header[..8] != *MAGIC {
        return Err(BackupError::NotABackup);
    }
    let is_numbered = match header[8] {
        VERSION => read_part(header) > 0,
        WITHOUT_PARTS => read_part(header) == 0,
        later => return Err(BackupError::Later(later)),
    };
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
    let is_sane = form.cost.is_sane() && (10..=20).contains(&form.chunk_bits) && is_numbered;
    is_sane.then_some(form).ok_or(BackupError::NotABackup)
}

fn read_part(header: &[u8; HEADER_BYTES]) -> u16 {
    u16::from_be_bytes([header[PART.start], header[PART.start + 1]])
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
