//! From a passphrase to a key: Argon2id (RFC 9106), once for each file that is made or opened
//! and never at a start.

use super::BackupError;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hearth_protocol::Key;

const FEWEST_CHARACTERS: usize = 12;
const FEWEST_WORDS: usize = 4;

/// What stretching a passphrase costs whoever tries one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    /// Memory in KiB.
    pub(crate) memory: u32,
    /// Passes over it.
    pub(crate) passes: u32,
    /// Lanes.
    pub(crate) lanes: u32,
}

impl Cost {
    /// What an app takes: 64 MiB, 3 passes, 1 lane, the second choice of RFC 9106 without its
    /// lanes, for a browser has no threads to spare. A third of a second in the wasm of a
    /// computer, one or two on a cheap phone; the memory stays with the worker until it ends. A
    /// file may lie with strangers for years, so less would be wrong; more, old phones refuse.
    pub(crate) const USUAL: Self = Self {
        memory: 65_536,
        passes: 3,
        lanes: 1,
    };

    /// The least there is, for tests alone.
    #[cfg(test)]
    pub(crate) const LEAST: Self = Self {
        memory: 8,
        passes: 1,
        lanes: 1,
    };

    /// Whether opening such a file harms nobody: a header comes from anywhere.
    pub(super) fn is_sane(&self) -> bool {
        let (memory, passes, lanes) = (8..=262_144, 1..=16, 1..=4);
        memory.contains(&self.memory)
            && passes.contains(&self.passes)
            && lanes.contains(&self.lanes)
            && self.memory >= 8 * self.lanes
    }
}

/// Whether a passphrase may guard a file: 12 characters, or 4 words.
pub(crate) fn check_passphrase(passphrase: &str) -> Result<(), BackupError> {
    let tidied = tidy(passphrase);
    let is_long = tidied.chars().count() >= FEWEST_CHARACTERS;
    let is_strong = is_long || tidied.split(' ').count() >= FEWEST_WORDS;
    is_strong.then_some(()).ok_or(BackupError::WeakPassphrase)
}

/// White space is what keyboards add by themselves: each run of it is one space, none at the ends.
fn tidy(passphrase: &str) -> String {
    let words: Vec<&str> = passphrase.split_whitespace().collect();
    words.join(" ")
}

pub(super) fn stretch(passphrase: &str, salt: &[u8], cost: Cost) -> Result<Key, BackupError> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32));
    let params = params.map_err(|_| BackupError::NotABackup)?;
    let mut blocks: Vec<Block> = Vec::new();
    let reserved = blocks.try_reserve_exact(params.block_count());
    reserved.map_err(|_| BackupError::NoRoom)?;
    blocks.resize(params.block_count(), Block::default());
    let mut key = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let tidied = tidy(passphrase);
    // Fails for lengths alone: a salt of 16 bytes and a key of 32 are right, and a passphrase
    // of 4 GiB is none.
    let stretched =
        argon2.hash_password_into_with_memory(tidied.as_bytes(), salt, &mut key, &mut blocks);
    stretched.map_err(|_| BackupError::NotABackup)?;
    Ok(Key::new(key))
}
