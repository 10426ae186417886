//! What an author had seen of the other devices.

use hearth_protocol::DeviceId;

/// The newest frame number seen of each device, and with it every one below. A sorted list: it
/// is small, read often, and shared by most frames of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenVector(Vec<(DeviceId, u64)>);

impl SeenVector {
    /// The newest frame number seen of a device; 0 where none was.
    #[must_use]
    pub fn newest(&self, device: DeviceId) -> u64 {
        match self.place_of(device) {
            Ok(place) => self.0[place].1,
            Err(_) => 0,
        }
    }

    /// Adds that a frame was seen. Less than was known changes nothing.
    pub fn raise(&mut self, device: DeviceId, dev_seq: u64) {
        match self.place_of(device) {
            Ok(place) => self.0[place].1 = self.0[place].1.max(dev_seq),
            Err(place) => self.0.insert(place, (device, dev_seq)),
        }
    }

    /// Each device with its newest frame number, by device.
    pub fn iter(&self) -> impl Iterator<Item = (DeviceId, u64)> {
        self.0.iter().copied()
    }

    fn place_of(&self, device: DeviceId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&device, |(device, _)| *device)
    }
}

impl FromIterator<(DeviceId, u64)> for SeenVector {
    fn from_iter<I: IntoIterator<Item = (DeviceId, u64)>>(seen: I) -> Self {
        let mut vector = Self::default();
        for (device, dev_seq) in seen {
            vector.raise(device, dev_seq);
        }
        vector
    }
}
