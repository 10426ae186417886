//! Where random names come from.

use thiserror::Error;

/// There is no randomness to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this system gives no random numbers")]
pub struct NoRandom;

/// A source of random bytes: the system's, or a seeded one in a simulation.
pub trait Random: Send {
    /// 16 of them.
    ///
    /// # Errors
    /// Where the source has none to give.
    fn draw(&mut self) -> Result<[u8; 16], NoRandom>;
}

/// The system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn draw(&mut self) -> Result<[u8; 16], NoRandom> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| NoRandom)?;
        Ok(bytes)
    }
}
