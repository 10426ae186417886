//! Recovery words: twelve words from which a key grows that lets its person come back with an
//! empty phone, and nothing else.
//!
//! The words say 128 random bits (BIP39, English); the bits go straight into HKDF. Nothing here
//! is kept or sent: what the chain learns is the public half and the circle's sealed name.

mod phrase;
mod secret;

pub use phrase::{Phrase, PhraseError, WORDS, find_word};
pub use secret::RecoverySecret;

#[cfg(test)]
mod tests;
