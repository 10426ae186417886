//! The order of a stream: the running hash that every client computes for itself, and what the
//! server signs about it.
//!
//! Bodies are not in the running hash, so erasing breaks nothing.

mod head;
mod running;

pub use head::{Receipt, SignedHead};
pub use running::{LogError, LogPoint, Row};

#[cfg(test)]
pub(crate) mod tests;
