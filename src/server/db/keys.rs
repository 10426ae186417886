//! Keys on their way to devices, and those that devices miss.

use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, StreamId};

use super::Stored;

/// A grant, and the entry that it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGrant {
    /// The entry's number; 0 where it came by itself.
    pub entry: u64,
    /// The grant.
    pub grant: Grant,
}

/// The keys' part of a database.
pub trait KeyDatabase {
    /// Keeps grants that came by themselves. A key that is here already is replaced, and no longer missed.
    fn keep_grants(
        &self,
        circle: CircleId,
        grants: Vec<Grant>,
    ) -> impl Future<Output = Stored<()>> + Send;

    /// The grants to one device that came with entries after `after`, and those that carry a wanted key; oldest entry first.
    fn read_grants(
        &self,
        circle: CircleId,
        to: DeviceId,
        after: u64,
        wanted: Vec<(StreamId, u64)>,
    ) -> impl Future<Output = Stored<Vec<StoredGrant>>> + Send;

    /// Remembers keys that a device misses; true where one of them is new.
    fn want_keys(
        &self,
        circle: CircleId,
        device: DeviceId,
        keys: Vec<(StreamId, u64)>,
    ) -> impl Future<Output = Stored<bool>> + Send;

    /// Every key that a device of this circle misses.
    fn read_wanted(
        &self,
        circle: CircleId,
    ) -> impl Future<Output = Stored<Vec<(DeviceId, StreamId, u64)>>> + Send;
}
