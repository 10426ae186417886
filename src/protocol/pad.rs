//! Padding, so that a size says little: Padmé (Nikitin et al., "Reducing Metadata Leakage from
//! Encrypted Files", 2019) adds at most 12 % and leaves few different sizes.

use crate::limits::SMALLEST_PADDED;

/// What is not padded as [`pad`] pads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not padded as it should be")]
pub(crate) struct BadPadding;

/// The length that `length` bytes are padded to.
#[must_use]
pub(crate) fn padded_length(length: usize) -> usize {
    if length <= SMALLEST_PADDED {
        return SMALLEST_PADDED;
    }
    let exponent = length.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1 << (exponent - kept_bits)) - 1;
    (length + mask) & !mask
}

/// The length of the content in 4 bytes, the content, zeros.
#[must_use]
pub(crate) fn pad(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut padded = length.to_be_bytes().to_vec();
    padded.extend_from_slice(content);
    padded.resize(padded_length(padded.len()), 0);
    padded
}

/// The content of what [`pad`] made.
///
/// # Errors
/// [`BadPadding`] where length or zeros are not what they should be.
pub(crate) fn unpad(padded: &[u8]) -> Result<&[u8], BadPadding> {
    let (length, rest) = padded.split_first_chunk::<4>().ok_or(BadPadding)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| BadPadding)?;
    let (content, zeros) = rest.split_at_checked(length).ok_or(BadPadding)?;
    if zeros.iter().any(|byte| *byte != 0) || padded.len() != padded_length(4 + length) {
        return Err(BadPadding);
    }
    Ok(content)
}

#[cfg(test)]
mod tests;
