//! Four pictures of 64, with their words: what two people compare.

use super::InviteError;
use crate::id::Hash;
use crate::label::Label;

/// The pictures by name. Their order never changes; the app draws them and has their words in
/// every language. Things of every day, told apart at a glance, none of them frightening.
pub const PICTURES: [&str; 64] = [
    "apple",
    "banana",
    "carrot",
    "cherry",
    "bread",
    "cheese",
    "egg",
    "cake", //
    "dog",
    "cat",
    "horse",
    "cow",
    "rabbit",
    "elephant",
    "fish",
    "duck", //
    "bee",
    "snail",
    "butterfly",
    "tortoise",
    "owl",
    "penguin",
    "whale",
    "frog", //
    "sun",
    "moon",
    "star",
    "cloud",
    "rainbow",
    "snowflake",
    "mountain",
    "wave", //
    "tree",
    "flower",
    "leaf",
    "mushroom",
    "house",
    "tent",
    "bridge",
    "lighthouse", //
    "car",
    "bus",
    "train",
    "bicycle",
    "boat",
    "aeroplane",
    "rocket",
    "tractor", //
    "ball",
    "kite",
    "drum",
    "guitar",
    "book",
    "pencil",
    "scissors",
    "clock", //
    "key",
    "lamp",
    "chair",
    "cup",
    "spoon",
    "umbrella",
    "hat",
    "shoe", //
];

/// Fixes the inviter's random number in the bundle.
#[must_use]
pub fn commit_to_number(number: &[u8; 32]) -> Hash {
    Label::InviteCommitment.hash(&[number])
}

/// The four pictures, as places in [`PICTURES`], from the sealed bundle, the sealed claim and
/// the number that the inviter reveals when the claim has come.
///
/// # Errors
/// [`InviteError::OtherNumber`] where the number is not the one that `commitment` fixed.
pub fn draw_pictures(
    bundle: &[u8],
    claim: &[u8],
    number: &[u8; 32],
    commitment: &Hash,
) -> Result<[u8; 4], InviteError> {
    if commit_to_number(number) != *commitment {
        return Err(InviteError::OtherNumber);
    }
    let bundle = Label::InviteBox.hash(&[bundle]);
    let claim = Label::InviteBox.hash(&[claim]);
    let drawn = Label::InvitePictures.hash(&[&bundle.0, &claim.0, number]);
    let mut places = [0; 4];
    for (place, byte) in places.iter_mut().zip(drawn.0) {
        *place = byte % 64;
    }
    Ok(places)
}
