use std::sync::Arc;

use hearth_protocol::form::Object as _;
use hearth_protocol::grant::Grant;
use hearth_protocol::{CircleId, DeviceId, StreamId};

use super::{CircleRows, MemoryDatabase};
use crate::db::{KeyDatabase, Stored, StoredGrant};

impl KeyDatabase for MemoryDatabase {
    async fn keep_grants(&self, circle: CircleId, grants: Vec<Grant>) -> Stored<()> {
        if let Some(circle) = self.lock().circles.get_mut(&circle) {
            keep(circle, grants, 0);
        }
        Ok(())
    }

    async fn read_grants(
        &self,
        circle: CircleId,
        to: DeviceId,
        after: u64,
        wanted: Vec<(StreamId, u64)>,
    ) -> Stored<Vec<StoredGrant>> {
        let rows = self.lock();
        let Some(circle) = rows.circles.get(&circle) else {
            return Ok(Vec::new());
        };
        let own = circle.grants.iter().filter(|((owner, ..), _)| *owner == to);
        let asked = own.filter(|((_, stream, epoch), stored)| {
            stored.entry > after || wanted.contains(&(*stream, *epoch))
        });
        let mut found: Vec<&Arc<StoredGrant>> = Vec::new();
        for (_, stored) in asked {
            if !found.iter().any(|other| Arc::ptr_eq(other, stored)) {
                found.push(stored);
            }
        }
        found.sort_by_key(|stored| stored.entry);
        Ok(found.into_iter().map(|stored| (**stored).clone()).collect())
    }

    async fn want_keys(
        &self,
        circle: CircleId,
        device: DeviceId,
        keys: Vec<(StreamId, u64)>,
    ) -> Stored<bool> {
        let mut rows = self.lock();
        let Some(circle) = rows.circles.get_mut(&circle) else {
            return Ok(false);
        };
        let mut is_new = false;
        for (stream, epoch) in keys {
            is_new |= circle.wanted.insert((device, stream, epoch));
        }
        Ok(is_new)
    }

    async fn read_wanted(&self, circle: CircleId) -> Stored<Vec<(DeviceId, StreamId, u64)>> {
        let rows = self.lock();
        let circle = rows.circles.get(&circle);
        Ok(circle.map_or_else(Vec::new, |circle| circle.wanted.iter().copied().collect()))
    }
}

pub(super) fn keep(circle: &mut CircleRows, grants: Vec<Grant>, entry: u64) {
    for grant in grants {
        circle.used += grant.encode().len() as u64;
        let stored = Arc::new(StoredGrant { entry, grant });
        for (stream, epoch) in &stored.grant.keys {
            let key = (stored.grant.to, *stream, *epoch);
            circle.wanted.remove(&key);
            circle.grants.insert(key, Arc::clone(&stored));
        }
    }
}
