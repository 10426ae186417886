//! The running hash.

use crate::clock::Millis;
use crate::form::object;
use crate::frame::Place;
use crate::id::{Hash, LogId};
use crate::label::Label;

object! {
    /// How far a copy of a stream's log goes.
    pub struct LogPoint, "log point" {
        /// The name of the server's copy.
        log: LogId = 1,
        /// The last row; 0 before the first.
        seq: u64 = 2,
        /// The running hash after it.
        running: Hash = 3,
        /// When the last row came, by the server's clock.
        received_at: Millis = 4,
    }
}

/// One row of the log, without its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When it came, by the server's clock.
    pub received_at: Millis,
    /// The hash of its header.
    pub header: Hash,
}

/// Why a row does not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// Not the next number.
    #[error("row {0} was expected")]
    Gap(u64),
    /// It came before the row before it.
    #[error("the time of a row went back")]
    TimeWentBack,
}

impl LogPoint {
    /// The point before the first row.
    #[must_use]
    pub fn start(place: &Place, log: LogId) -> Self {
        Self {
            log,
            seq: 0,
            running: Label::LogStart.hash(&[&place.circle.0, &place.stream.0, &log.0]),
            received_at: 0,
        }
    }

    /// The point after this row.
    ///
    /// # Errors
    /// See [`LogError`].
    pub fn after(&self, row: &Row) -> Result<Self, LogError> {
        if row.seq != self.seq + 1 {
            return Err(LogError::Gap(self.seq + 1));
        }
        if row.received_at < self.received_at {
            return Err(LogError::TimeWentBack);
        }
        let running = Label::Running.hash(&[
            &self.running.0,
            &row.seq.to_be_bytes(),
            &row.received_at.to_be_bytes(),
            &row.header.0,
        ]);
        Ok(Self {
            log: self.log,
            seq: row.seq,
            running,
            received_at: row.received_at,
        })
    }
}
