//! Photos: what is kept of them, and what must not be.
//!
//! A phone's picture says where and when it was taken and by which machine. The page shows the
//! day to the person, who may use it; everything else ends with the re-encoding. [`jpeg`] checks
//! that this is so before a byte is stored.

pub mod exif;
pub mod jpeg;

use crate::Day;
use hearth_protocol::EntityId;
use serde::{Deserialize, Serialize};

/// The change kind of a photo.
pub const KIND: u64 = 5;
/// Field 1: the record it belongs to.
pub const OF: u64 = 1;
/// Field 2: the day it was taken.
pub const TAKEN: u64 = 2;
/// Field 4: a caption.
pub const CAPTION: u64 = 4;
/// Field 16: the blob that holds it.
pub const BLOB: u64 = 16;
/// Field 17: the blob that holds its thumbnail.
pub const THUMBNAIL: u64 = 17;
/// Field 18: width in pixels.
pub const WIDTH: u64 = 18;
/// Field 19: height in pixels.
pub const HEIGHT: u64 = 19;

/// Field 20: the key that seals the photo on its way, 32 bytes.
pub const BLOB_KEY: u64 = 20;
/// Field 21: the hash of the photo as it is sealed.
pub const BLOB_HASH: u64 = 21;
/// Field 22: the key that seals the thumbnail on its way, 32 bytes.
pub const THUMBNAIL_KEY: u64 = 22;
/// Field 23: the hash of the thumbnail as it is sealed.
pub const THUMBNAIL_HASH: u64 = 23;

/// The longest side kept, in pixels. Smaller photos are never enlarged.
pub const LONGEST_SIDE: u32 = 1_600;
/// The longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;

/// A photo of a record or a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Which.
    pub id: EntityId,
    /// The blob that holds it.
    pub blob: EntityId,
    /// The blob that holds its thumbnail.
    pub thumbnail: EntityId,
    /// Width in pixels, as it is to be seen.
    pub width: u32,
    /// Height in pixels, as it is to be seen.
    pub height: u32,
    /// What can be seen on it, in the family's words.
    pub caption: String,
    /// The day the camera says it was taken.
    pub taken: Option<Day>,
}

/// A photo made ready to keep: JPEG, upright, small, and without a word about its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedPhoto {
    /// The photo, longest side [`LONGEST_SIDE`] at most.
    pub jpeg: Vec<u8>,
    /// The thumbnail, longest side [`THUMBNAIL_SIDE`] at most.
    pub thumbnail: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The day the camera says it was taken.
    pub taken: Option<Day>,
}

/// Width and height scaled so that the longest side is `longest` at most, never enlarged and
/// never below one pixel.
#[must_use]
pub fn fit_within(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let scale = |length: u32| {
        let scaled =
            (u64::from(length) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(scaled).unwrap_or(longest).max(1)
    };
    (scale(width), scale(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fits_keeps_the_shape_and_never_enlarges(width in 1..20_000u32, height in 1..20_000u32) {
            let (w, h) = fit_within(width, height, LONGEST_SIDE);
            prop_assert!(w <= width && h <= height && w.max(h) <= LONGEST_SIDE && w.min(h) >= 1);
            if width.max(height) > LONGEST_SIDE {
                prop_assert_eq!(w.max(h), LONGEST_SIDE);
            }
        }
    }

    #[test]
    fn twelve_megapixels_become_1600_by_1200() {
        assert_eq!(fit_within(4_000, 3_000, LONGEST_SIDE), (1_600, 1_200));
        assert_eq!(fit_within(300, 200, LONGEST_SIDE), (300, 200));
    }
}
