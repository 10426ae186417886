//! Raw deflate (RFC 1951), with a hard end to inflating.

use crate::limits::LONGEST_PACK;
use core::cell::RefCell;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// What a person saves at once. Prose gains almost nothing above this level.
const LEVEL: u8 = 6;

/// A pack above this many bytes is one of many: a first sync, a backup told again.
const BULK: usize = 16 * 1024;

/// For those: a quarter of the time, for 8 % more bytes.
const BULK_LEVEL: u8 = 2;

thread_local! {
    /// Its 300 KB are cleared for each pack, but not asked for again: a quarter of its time.
    static BULK_COMPRESSOR: RefCell<Option<Box<CompressorOxide>>> = const { RefCell::new(None) };
}

/// Not deflated data, or more of it than a pack may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not deflated data of an allowed length")]
pub(crate) struct BadDeflate;

/// The same bytes, shorter where they can be.
#[must_use]
pub(crate) fn deflate(plain: &[u8]) -> Vec<u8> {
    match plain.len() > BULK {
        true => deflate_bulk(plain).unwrap_or_else(|| compress_to_vec(plain, BULK_LEVEL)),
        false => compress_to_vec(plain, LEVEL),
    }
}

/// Nothing where it would be longer than what it came from: noise.
fn deflate_bulk(plain: &[u8]) -> Option<Vec<u8>> {
    BULK_COMPRESSOR.with_borrow_mut(|compressor| {
        let compressor = compressor.get_or_insert_with(|| {
            let raw = 0;
            let flags = create_comp_flags_from_zip_params(BULK_LEVEL.into(), raw, raw);
            Box::new(CompressorOxide::new(flags))
        });
        compressor.reset();
        let mut deflated = vec![0; plain.len()];
        let (status, _, length) = compress(compressor, plain, &mut deflated, TDEFLFlush::Finish);
        deflated.truncate(length);
        (status == TDEFLStatus::Done).then_some(deflated)
    })
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
