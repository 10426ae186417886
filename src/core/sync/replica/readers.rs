//! Who reads what is told: those who are entitled to the epochs that it is sealed under. That a
//! device is in the circle says nothing of what was written before it came.

use super::{FrameName, Replica, Stream};
use hearth_protocol::frame::Frame;
use hearth_protocol::{DeviceId, PersonId, SortedMap, SortedSet, StreamId};

/// Streams and epochs whose keys it takes to read something, all of them.
pub type Epochs = SortedSet<(StreamId, u64)>;

impl Replica {
    /// The epoch that the server's copy of a frame is sealed under. Nothing for a frame that has
    /// no place there: it goes under the epoch that is present then.
    #[must_use]
    pub fn sealed_under(&self, name: &FrameName) -> Option<u64> {
        let stream = self.streams.get(&name.stream)?;
        stream.epochs.get(&(name.device, name.dev_seq)).copied()
    }

    /// Whether a device is in the circle and entitled to every one of these epochs.
    #[must_use]
    pub fn may_read(&self, device: &DeviceId, epochs: &Epochs) -> bool {
        let entitled = self.circle.entitlement(device);
        epochs.iter().all(|(stream, epoch)| {
            let mut entitled = entitled.iter();
            entitled.any(|(of, range)| of == stream && range.contains(epoch))
        })
    }

    /// Everybody with a device that is entitled to every one of these epochs.
    pub fn readers(&self, epochs: &Epochs) -> impl Iterator<Item = PersonId> {
        let may_read = |device: DeviceId| self.may_read(&device, epochs);
        let members = self.circle.members().map(|(person, _)| person);
        members.filter(move |person| self.circle.devices(person).any(may_read))
    }

    /// Whether a device other than this one, which nobody's store gave up, is entitled to them and
    /// has come to take their keys. Who was approved and never came opens nothing.
    #[must_use]
    pub fn is_read_elsewhere(&self, epochs: &Epochs) -> bool {
        let mut people = self.circle.members();
        people.any(|(person, _)| {
            let mut devices = self.circle.devices(&person);
            devices.any(|device| {
                device != self.me.device
                    && !self.was(&device)
                    && self.circle.has_arrived(&device)
                    && self.may_read(&device, epochs)
            })
        })
    }

    /// Of each stream the newest epoch up to which no key is missing here that this device is
    /// entitled to; 0 where the first one is missing.
    #[must_use]
    pub fn keys_up_to(&self) -> SortedMap<StreamId, u64> {
        let entitled = self.circle.entitlement(&self.me.device).into_iter();
        let newest = entitled.map(|(stream, epochs)| {
            let held = epochs.take_while(|epoch| self.keys.contains_key(&(stream, *epoch)));
            (stream, held.last().unwrap_or(0))
        });
        newest.collect()
    }
}

impl Stream {
    /// Remembers what the server's copy of a frame is sealed under.
    pub(super) fn note_epoch(&mut self, of: (DeviceId, u64), frame: &Frame) {
        if let Ok(epoch) = frame.epoch() {
            self.epochs.insert(of, epoch);
        }
    }
}
