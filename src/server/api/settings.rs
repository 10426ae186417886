//! What the operator decides.

use clap::ValueEnum;

/// Who may begin a circle here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Founders {
    /// Whoever reaches this server.
    Anyone,
    /// Nobody: the circles that are here go on.
    Nobody,
}

/// What the operator decides about circles.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Who may begin a circle here.
    pub found: Founders,
    /// Bytes that one circle may take, attachments included.
    pub circle_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            found: Founders::Anyone,
            circle_bytes: 2 << 30,
        }
    }
}
