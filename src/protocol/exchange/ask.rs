//! The request of an exchange.

use crate::control::{ControlHead, SignedEntry};
use crate::form::object;
use crate::grant::Grant;
use crate::id::{CircleId, DeviceId, Hash, StreamId};
use crate::log::{LogPoint, SignedHead};

object! {
    /// Pushes and pulls one circle. The server does the parts in this order.
    pub struct ExchangeRequest, "exchange request" {
        /// Which circle. One that the server does not know is founded by its first entry.
        circle: CircleId = 1,
        /// The newest control entry that is chained here; zeros for none.
        control: ControlHead = 2,
        /// Control entries to append, each with the keys that have to come with it.
        entries: Vec<NewEntry> = 3,
        /// Streams to push and pull, ascending.
        streams: Vec<StreamRequest> = 4,
        /// Keys that are missing here, or did not match their commit.
        wanted: Vec<(StreamId, u64)> = 5,
        /// Keys that others asked for.
        grants: Vec<Grant> = 6,
    }
}

object! {
    /// A control entry to append.
    pub struct NewEntry, "new entry" {
        /// The entry, signed.
        entry: SignedEntry = 1,
        /// A key for everybody whom the entry makes entitled to one.
        grants: Vec<Grant> = 2,
    }
}

object! {
    /// One stream of an exchange.
    pub struct StreamRequest, "stream request" {
        /// Which stream.
        stream: StreamId = 1,
        /// How far the copy here goes; absent: nothing yet, or the log has a new name.
        have: Option<LogPoint> = 2,
        /// Frames to append, in order.
        frames: Vec<PushedFrame> = 3,
        /// The newest signed head: a server that lacks it has gone back.
        shown: Option<SignedHead> = 4,
        /// Frames asked for by name (device, dev_seq): missing here, or their bodies do not open.
        missing: Vec<(DeviceId, u64)> = 5,
    }
}

object! {
    /// A frame to append.
    pub struct PushedFrame, "pushed frame" {
        /// The bytes of the frame.
        frame: Vec<u8> = 1,
        /// It was acknowledged before, by a copy of the log that is gone: it keeps the epoch it
        /// was first accepted in, and may be another device's.
        again: bool = 2,
        /// For an erase frame: the redacted bodies, by header hash, in the order it names them.
        bodies: Vec<(Hash, Vec<u8>)> = 3,
    }
}
