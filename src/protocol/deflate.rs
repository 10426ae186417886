//! Raw deflate (RFC 1951), with a hard end to inflating.

use crate::limits::LONGEST_PACK;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// What a person saves at once. Prose gains almost nothing above this level.
const LEVEL: u8 = 6;

/// A pack above this many bytes is one of many: a first sync, a backup told again.
const BULK: usize = 16 * 1024;

/// For those: a quarter of the time, for 8 % more bytes.
const BULK_LEVEL: u8 = 2;

/// Not deflated data, or more of it than a pack may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not deflated data of an allowed length")]
pub(crate) struct BadDeflate;

/// The same bytes, shorter where they can be.
#[must_use]
pub(crate) fn deflate(plain: &[u8]) -> Vec<u8> {
    let level = match plain.len() > BULK {
        true => BULK_LEVEL,
        false => LEVEL,
    };
    compress_to_vec(plain, level)
}

/// What was deflated, at most [`LONGEST_PACK`] bytes.
///
/// # Errors
/// [`BadDeflate`]; no input panics or takes more memory than the limit.
pub(crate) fn inflate(deflated: &[u8]) -> Result<Vec<u8>, BadDeflate> {
    decompress_to_vec_with_limit(deflated, LONGEST_PACK).map_err(|_| BadDeflate)
}

#[cfg(test)]
mod tests;
