//! The place of a change in the server's log, and what its time may claim there.

use hearth_protocol::{Hlc, Millis};

/// A clock may run ahead of the server's by this many milliseconds; what it claims beyond counts
/// as this.
pub const LARGEST_LEAD: Millis = 5 * 60 * 1_000;

/// A row of the server's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The row's number, from 1. Another copy of the log may number it otherwise.
    pub seq: u64,
    /// When the server received it, in milliseconds since 1970.
    pub received_at: Millis,
}

/// The time of a change as far as it is believed: at most [`LARGEST_LEAD`] after it was received.
/// A device's clock learns only these, so that one phone set to 2035 misleads nobody.
#[must_use]
pub fn clamped(hlc: Hlc, placed: Option<Placed>) -> Hlc {
    match placed {
        Some(placed) => hlc.min(Hlc::at(placed.received_at.saturating_add(LARGEST_LEAD))),
        None => hlc,
    }
}
