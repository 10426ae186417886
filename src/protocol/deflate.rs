//! Raw deflate (RFC 1951), with a hard end to inflating.

use crate::limits::LONGEST_PACK;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Prose gains almost nothing above this level.
const LEVEL: u8 = 6;

/// Not deflated data, or more of it than a pack may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not deflated data of an allowed length")]
pub(crate) struct BadDeflate;

/// The same bytes, shorter where they can be.
#[must_use]
pub(crate) fn deflate(plain: &[u8]) -> Vec<u8> {
    compress_to_vec(plain, LEVEL)
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
