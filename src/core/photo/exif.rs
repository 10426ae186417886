//! The day a photo was taken, read from its EXIF before that is thrown away.
//!
//! CIPA DC-008: in a JPEG's APP1 segment lies a TIFF file; `DateTimeOriginal` is tag 0x9003 of
//! the EXIF directory that tag 0x8769 of the first directory points to. Nothing else is read.

use super::jpeg;
use crate::Day;

const DATE_TIME: u16 = 0x0132;
const EXIF_DIRECTORY: u16 = 0x8769;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const ENTRY_BYTES: usize = 12;

/// The day the camera wrote into the photo. Broken or absent EXIF gives none; no input panics.
#[must_use]
pub fn taken_on(file: &[u8]) -> Option<Day> {
    let exif = jpeg::segments(file)
        .ok()?
        .map_while(Result::ok)
        .find_map(|(marker, body)| {
            (marker == 0xe1)
                .then(|| body.strip_prefix(b"Exif\0\0"))
                .flatten()
        })?;
    let tiff = Tiff::read(exif)?;
    let first = tiff.number(4, 4)?;
    let original = tiff
        .entry(first, EXIF_DIRECTORY)
        .and_then(|entry| tiff.number(entry + 8, 4))
        .and_then(|directory| tiff.entry(directory, DATE_TIME_ORIGINAL))
        .and_then(|entry| tiff.day(entry));
    original.or_else(|| tiff.day(tiff.entry(first, DATE_TIME)?))
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        Some(Self { bytes, big_endian })
    }

    /// A number of `width` bytes, 4 at most.
    fn number(&self, at: usize, width: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(width)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if self.big_endian {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    }

    /// Where the directory's entry with that tag begins.
    fn entry(&self, directory: usize, tag: u16) -> Option<usize> {
        let entries = self.number(directory, 2)?;
        (0..entries)
            .map(|index| directory + 2 + index * ENTRY_BYTES)
            .take_while(|at| *at < self.bytes.len())
            .find(|at| self.number(*at, 2) == Some(usize::from(tag)))
    }

    /// The day in an entry that points to `2026:05:31 14:00:00`.
    fn day(&self, entry: usize) -> Option<Day> {
        let at = self.number(entry + 8, 4)?;
        let text = core::str::from_utf8(self.bytes.get(at..at.checked_add(10)?)?).ok()?;
        text.replace(':', "-").parse().ok()
    }
}

#[cfg(test)]
mod tests;
