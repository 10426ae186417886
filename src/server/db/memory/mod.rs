//! A database that forgets: for simulations and tests, never for people's records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hearth_protocol::control::{ControlHead, SignedEntry};
use hearth_protocol::frame::{ChainPoint, Place};
use hearth_protocol::{CircleId, DeviceId, InviteId, Millis, StreamId};

use super::{Database, InviteRow, Stored, StoredGrant};
use crate::identity::IdentityRecord;
use log::StreamRows;

mod blob;
mod control;
mod invite;
mod keys;
mod log;

/// Clones share what they hold; a [`MemoryDatabase::snapshot`] does not.
#[derive(Clone, Debug, Default)]
pub struct MemoryDatabase {
    rows: Arc<Mutex<Rows>>,
}

#[derive(Clone, Debug, Default)]
struct Rows {
    identity: Option<IdentityRecord>,
    circles: BTreeMap<CircleId, CircleRows>,
    invites: BTreeMap<InviteId, InviteRow>,
    /// The circles that named a recovery key, in order.
    recovery: BTreeMap<DeviceId, Vec<CircleId>>,
}

#[derive(Clone, Debug, Default)]
struct CircleRows {
    entries: Vec<(ControlHead, SignedEntry)>,
    used: u64,
    grants: BTreeMap<(DeviceId, StreamId, u64), Arc<StoredGrant>>,
    wanted: BTreeSet<(DeviceId, StreamId, u64)>,
    holds: BTreeMap<DeviceId, Millis>,
    logs: BTreeMap<StreamId, StreamRows>,
}

impl CircleRows {
    fn head(&self) -> ControlHead {
        self.entries
            .last()
            .map_or(ControlHead::START, |(head, _)| head.clone())
    }

    fn is_held(&self, device: &DeviceId, now: Millis) -> bool {
        self.holds.get(device).is_some_and(|until| now < *until)
    }

    fn last_header(&self, device: &DeviceId, stream: &StreamId) -> ChainPoint {
        let log = self.logs.get(stream);
        let end = log.and_then(|log| log.ends.get(device));
        end.copied().unwrap_or(ChainPoint::START)
    }
}

impl Rows {
    fn log(&self, place: &Place) -> Option<&StreamRows> {
        self.circles.get(&place.circle)?.logs.get(&place.stream)
    }
}

impl MemoryDatabase {
    /// A copy of all it holds now, which changes no more with the original: yesterday's backup.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self {
            rows: Arc::new(Mutex::new(self.lock().clone())),
        }
    }

    /// A panic between two changes of one method is the only way to poison it, and there is none.
    fn lock(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Database for MemoryDatabase {
    async fn check(&self) -> Stored<()> {
        Ok(())
    }

    async fn keep_identity(&self, fresh: &IdentityRecord) -> Stored<IdentityRecord> {
        Ok(self
            .lock()
            .identity
            .get_or_insert_with(|| fresh.clone())
            .clone())
    }
}
