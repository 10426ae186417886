use hearth_protocol::control::{ControlHead, Cut};
use hearth_protocol::{CircleId, DeviceId, Millis};

use super::{MemoryDatabase, keys};
use crate::db::control::recovery_keys;
use crate::db::{ControlDatabase, ControlTail, EntryAppend, EntryOutcome, MOST_FOUND, Stored};

impl ControlDatabase for MemoryDatabase {
    async fn read_control(&self, circle: CircleId, after: ControlHead) -> Stored<ControlTail> {
        let rows = self.lock();
        let Some(circle) = rows.circles.get(&circle) else {
            return Ok(ControlTail {
                follows: after == ControlHead::START,
                ..ControlTail::default()
            });
        };
        let place = circle.entries.iter().position(|(head, _)| *head == after);
        let follows = place.is_some() || after == ControlHead::START;
        let from = place.map_or(0, |place| place + 1);
        let tail = circle.entries[from..].iter();
        Ok(ControlTail {
            follows,
            entries: tail.map(|(_, entry)| entry.clone()).collect(),
            used: circle.used,
        })
    }

    async fn append_entry(&self, append: EntryAppend) -> Stored<EntryOutcome> {
        let mut rows = self.lock();
        let circle = rows.circles.get(&append.circle);
        let head = circle.map_or(ControlHead::START, |circle| circle.head());
        if head != append.after {
            return Ok(EntryOutcome::HeadMoved);
        }
        let are_right = append.cuts.iter().all(|cut| {
            let ours = circle.map(|circle| circle.last_header(&cut.device, &cut.stream));
            append
                .rule
                .allows(cut, ours.unwrap_or(super::ChainPoint::START))
        });
        if !are_right {
            return Ok(EntryOutcome::CutsDiffer);
        }
        for key in recovery_keys(&append.entry) {
            let named = rows.recovery.entry(key).or_default();
            if !named.contains(&append.circle) {
                named.push(append.circle);
            }
        }
        let circle = rows.circles.entry(append.circle).or_default();
        circle.used += append.entry.encode().len() as u64;
        keys::keep(circle, append.grants, append.head.seq);
        circle.entries.push((append.head, append.entry));
        Ok(EntryOutcome::Appended)
    }

    async fn hold_devices(
        &self,
        circle: CircleId,
        devices: Vec<DeviceId>,
        until: Millis,
    ) -> Stored<Vec<Cut>> {
        let mut rows = self.lock();
        let Some(circle) = rows.circles.get_mut(&circle) else {
            return Ok(Vec::new());
        };
        circle
            .holds
            .extend(devices.iter().map(|device| (*device, until)));
        let mut cuts = Vec::new();
        for device in devices {
            for (stream, log) in &circle.logs {
                cuts.extend(log.ends.get(&device).map(|end| Cut {
                    device,
                    stream: *stream,
                    dev_seq: end.dev_seq,
                    header: end.header,
                }));
            }
        }
        Ok(cuts)
    }

    async fn find_recovery(&self, key: DeviceId) -> Stored<Vec<CircleId>> {
        let rows = self.lock();
        let named = rows.recovery.get(&key).into_iter().flatten();
        Ok(named.take(MOST_FOUND).copied().collect())
    }

    async fn list_circles(&self) -> Stored<Vec<CircleId>> {
        Ok(self.lock().circles.keys().copied().collect())
    }
}
