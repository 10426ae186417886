//! Twelve words as people write and type them.

use super::RecoverySecret;
use crate::seal::Key;
use sha2::{Digest, Sha256};

/// How many words there are.
pub const WORDS: usize = 12;

/// The English list of BIP39, in its order, which is also that of the alphabet; one word a line.
/// No two words begin with the same four letters.
const LIST: &str = include_str!("english.txt");

/// Bits that a word says.
const BITS: usize = 11;

/// From so many letters on there is one word at most that begins with them.
const ENOUGH_LETTERS: usize = 4;

/// Why a text is not somebody's words. None of it says anything about a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// So many words instead of twelve.
    #[error("{0} words instead of twelve")]
    HowMany(usize),
    /// A word that is not in the list.
    #[error("word {place} is not in the list")]
    NotInList {
        /// Which of them, from 1.
        place: usize,
        /// What was typed.
        word: String,
    },
    /// All are in the list and do not fit together: some are swapped, or one is another.
    #[error("these words do not fit together")]
    DoNotFit,
}

/// Twelve words. Secret: they are in no `Debug` output.
#[derive(Clone, PartialEq, Eq)]
pub struct Phrase {
    entropy: [u8; 16],
}

impl core::fmt::Debug for Phrase {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Phrase(..)")
    }
}

impl Phrase {
    /// The words of 16 random bytes.
    #[must_use]
    pub fn new(entropy: [u8; 16]) -> Self {
        Self { entropy }
    }

    /// Reads what somebody typed. Capitals, numbers, commas and line breaks do not matter; the
    /// order of the words does. Four letters of a word are enough.
    ///
    /// # Errors
    /// See [`PhraseError`]; no input panics.
    pub fn read(text: &str) -> Result<Self, PhraseError> {
        let typed: Vec<&str> = typed_words(text).collect();
        let mut places = Vec::with_capacity(WORDS);
        for (index, word) in typed.iter().enumerate() {
            let place = place_of(word).ok_or_else(|| PhraseError::NotInList {
                place: index + 1,
                word: (*word).to_owned(),
            })?;
            places.push(place);
        }
        if places.len() != WORDS {
            return Err(PhraseError::HowMany(places.len()));
        }
        let bit = |at: usize| places[at / BITS] >> (BITS - 1 - at % BITS) & 1;
        let mut entropy = [0; 16];
        for (at, byte) in entropy.iter_mut().enumerate() {
            *byte = (at * 8..at * 8 + 8).fold(0, |byte, at| byte << 1 | u8::from(bit(at) == 1));
        }
        let told = (128..WORDS * BITS).fold(0, |sum, at| sum << 1 | u8::from(bit(at) == 1));
        match told == checksum(&entropy) {
            true => Ok(Self { entropy }),
            false => Err(PhraseError::DoNotFit),
        }
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let checksum = checksum(&self.entropy);
        let bit = |at: usize| match self.entropy.get(at / 8) {
            Some(byte) => byte >> (7 - at % 8) & 1,
            None => checksum >> (WORDS * BITS - 1 - at) & 1,
        };
        let place = |word: usize| {
            let bits = word * BITS..(word + 1) * BITS;
            bits.fold(0, |place, at| place << 1 | usize::from(bit(at)))
        };
        let words = (0..WORDS).map(place);
        words.filter_map(|place| LIST.lines().nth(place)).collect()
    }

    /// What grows from them.
    #[must_use]
    pub fn secret(&self) -> RecoverySecret {
        RecoverySecret::grow(|label| *Key::derive_from(&self.entropy, label, &[]).expose())
    }
}

/// The word of the list that this is, or begins with four letters or more of it.
#[must_use]
pub fn find_word(typed: &str) -> Option<&'static str> {
    let mut words = typed_words(typed);
    let place = place_of(words.next()?)?;
    let is_one = words.next().is_none();
    LIST.lines().nth(place).filter(|_| is_one)
}

/// The first four bits of the hash.
fn checksum(entropy: &[u8; 16]) -> u8 {
    Sha256::digest(entropy)[0] >> 4
}

fn typed_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| !word.is_empty())
}

fn place_of(typed: &str) -> Option<usize> {
    let typed = typed.to_lowercase();
    let is_it = |word: &str| {
        word == typed || typed.len() >= ENOUGH_LETTERS && word.starts_with(typed.as_str())
    };
    LIST.lines().position(is_it)
}
