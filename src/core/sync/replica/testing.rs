//! What the simulation asks of a replica: how much could be read with the keys that are here.

use super::Replica;
use hearth_protocol::frame::{Frame, Pack};
use hearth_protocol::{DeviceId, StreamId};

impl Replica {
    /// The epochs whose keys are here.
    pub fn keys_held(&self) -> impl Iterator<Item = (StreamId, u64)> {
        self.keys.keys().copied()
    }

    /// The frames of a stream that did not open, and those that are asked for by name.
    #[must_use]
    pub fn unread(&self, stream: &StreamId) -> Vec<(DeviceId, u64)> {
        let known = self.streams.get(stream).into_iter();
        let names = known.flat_map(|known| known.closed.iter().chain(known.missing.iter()));
        names.copied().collect()
    }

    /// Opens a frame with whichever key here opens it, whatever epoch it names.
    #[must_use]
    pub fn pry_open(&self, stream: StreamId, frame: &Frame) -> Option<Pack> {
        let place = self.place(stream);
        let mut keys = self.keys.values();
        keys.find_map(|key| frame.open(&place, key).ok())
    }

    /// The device that this store is about to become.
    #[must_use]
    pub fn own_device_to_be(&self) -> Option<hearth_protocol::DeviceId> {
        let rekey = self.rekey.as_ref()?;
        Some(rekey.seeds.me().device)
    }
}
