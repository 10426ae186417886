//! The answer of an exchange.

use super::code::{EntryAnswer, FrameAnswer};
use crate::clock::Millis;
use crate::control::{ControlHead, SignedEntry};
use crate::form::object;
use crate::grant::Grant;
use crate::id::{DeviceId, LogId, StreamId};
use crate::log::{LogPoint, Row, SignedHead};

object! {
    /// What the server did and what it has.
    pub struct ExchangeAnswer, "exchange answer" {
        /// The server's time.
        time: Millis = 1,
        /// The server's newest control entry.
        control: ControlHead = 2,
        /// One for each entry that was pushed.
        appended: Vec<EntryAnswer> = 3,
        /// Control entries after those the device has.
        entries: Vec<SignedEntry> = 4,
        /// One for each stream that was asked for and may be read or written.
        streams: Vec<StreamAnswer> = 5,
        /// Keys for the device that asked.
        grants: Vec<Grant> = 6,
        /// Keys that others miss and this device is entitled to.
        wanted: Vec<(DeviceId, StreamId, u64)> = 7,
        /// There are more entries or grants: ask again.
        more: bool = 8,
    }
}

object! {
    /// One stream of the answer.
    pub struct StreamAnswer, "stream answer" {
        /// Which stream.
        stream: StreamId = 1,
        /// The name of the server's copy.
        log: LogId = 2,
        /// One for each frame that was pushed.
        pushed: Vec<FrameAnswer> = 3,
        /// Rows after those the device has.
        rows: Vec<LogRow> = 4,
        /// Signed, at the last of these rows; at the device's own point where there are none.
        head: Option<SignedHead> = 5,
        /// There are more rows: ask again.
        more: bool = 6,
        /// Where the device's copy has another name or goes further: the last number that this
        /// log holds of each device. Rows come when the missing ones were sent `again`.
        holds: Option<Vec<(DeviceId, u64)>> = 7,
        /// The frames that were asked for by name and are here.
        found: Vec<LogRow> = 8,
        /// For a device that may not read from the first row and has not come so far:
        /// the point before the first row that it may read.
        start: Option<LogPoint> = 9,
    }
}

object! {
    /// A row of the log with its frame.
    pub struct LogRow, "log row" {
        /// Its number.
        seq: u64 = 1,
        /// When it came.
        received_at: Millis = 2,
        /// The bytes of the frame, with the body it has now. No bytes: this very request appended
        /// these very bytes (`New` with this row).
        frame: Vec<u8> = 3,
    }
}

impl LogRow {
    /// The row, for the running hash.
    #[must_use]
    pub fn row(&self, frame: &crate::frame::Frame) -> Row {
        Row {
            seq: self.seq,
            received_at: self.received_at,
            header: frame.header.hash(),
        }
    }
}
