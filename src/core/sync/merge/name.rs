//! What a change is called here.

use hearth_protocol::{DeviceId, StreamId};

/// The key of a waiting change's row: its hlc, big endian, then 8 random bytes.
pub type RowKey = [u8; 16];

/// The name of one change. In order, one device's changes in a stream stand together, oldest
/// first, and this phone's waiting ones after all framed ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// In a frame.
    Framed {
        /// In which stream.
        stream: StreamId,
        /// Whose frame.
        device: DeviceId,
        /// The frame's number among that device's in the stream.
        dev_seq: u64,
        /// The change's place in the frame, from 0.
        index: u32,
    },
    /// On this phone only, not framed yet.
    Waiting(RowKey),
}

impl Name {
    /// Whether both were written by one device in one stream, or are both waiting here: then the
    /// greater name is the later one, and its author had seen the other.
    #[must_use]
    pub fn is_of_same_hand(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Waiting(_), Self::Waiting(_)) => true,
            (
                Self::Framed { stream, device, .. },
                Self::Framed {
                    stream: other_stream,
                    device: other_device,
                    ..
                },
            ) => (stream, device) == (other_stream, other_device),
            _ => false,
        }
    }
}
