//! What a person may do. A role ("volunteer") is the application's word for a set of these.

use crate::form::object;
use crate::id::StreamId;

object! {
    /// What a person may do in one stream. Who is not listed may not read it.
    pub struct StreamRight, "stream right" {
        /// Which stream.
        stream: StreamId = 1,
        /// Reads from this epoch on; 1 is everything.
        read_from: u64 = 2,
        /// May write.
        write: bool = 3,
        /// May erase what others wrote.
        withdraw: bool = 4,
    }
}

object! {
    /// What a person may do in the circle.
    pub struct Rights, "rights" {
        /// Adds and removes people, streams, rights, the server.
        manage: bool = 1,
        /// Streams by ascending id, each once.
        streams: Vec<StreamRight> = 2,
        /// When the role ends: the server stops serving then, and the next manager's app
        /// removes. It never decides what is valid.
        ends: Option<u64> = 3,
    }
}

impl Rights {
    /// What may be done in this stream, if anything.
    #[must_use]
    pub fn on(&self, stream: &StreamId) -> Option<&StreamRight> {
        self.streams.iter().find(|right| right.stream == *stream)
    }

    /// Whether the streams stand in their one allowed order.
    pub(crate) fn is_sorted(&self) -> bool {
        self.streams
            .windows(2)
            .all(|pair| pair[0].stream < pair[1].stream)
    }
}
