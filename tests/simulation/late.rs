//! What who reads from now on has to have: every change in every row of an epoch whose keys they
//! are given, whatever became of the server's order on the way.

use crate::checks::{Tally, tally};
use crate::dump::Dump;
use crate::world::World;
use hearth_core::sync::replica::Replica;
use hearth_protocol::frame::{Frame, PackItem};
use hearth_protocol::{Change, StreamId};

impl World {
    pub(crate) fn check_late(&mut self, late: &[usize], dumps: &[Dump]) {
        let ledgers = self.read_ledgers();
        for phone in late {
            let here = tally(&dumps[*phone], |_| true);
            let (auditor, reader) = (self.phones[0].replica(), self.phones[*phone].replica());
            let mut owed = Tally::new();
            for ledger in &ledgers {
                let point = reader.log_point(&ledger.stream);
                assert_eq!(point, Some(&ledger.end), "phone {phone} is elsewhere");
                let first = reads_from(reader, ledger.stream);
                let frames = ledger.frames.iter();
                for frame in frames.filter(|frame| frame.epoch().unwrap() >= first) {
                    add_values(&mut owed, auditor, ledger.stream, frame);
                }
            }
            for (name, count) in owed {
                let found = here.get(&name).copied().unwrap_or(0);
                self.counts.kept_late += count as u64;
                assert!(
                    found >= count,
                    "phone {phone}, from now on, has {found} of {count} of {name:?}"
                );
            }
        }
    }
}

fn reads_from(replica: &Replica, stream: StreamId) -> u64 {
    let entitled = replica.circle().entitlement(&replica.me().device);
    let epochs = entitled.iter().find(|(id, _)| *id == stream);
    epochs.map_or(u64::MAX, |(_, epochs)| *epochs.start())
}

/// The values in a frame, read by somebody who has every key.
fn add_values(owed: &mut Tally, auditor: &Replica, stream: StreamId, frame: &Frame) {
    let device = frame.header.read().unwrap().device;
    let person = auditor.circle().person(&device).unwrap();
    let pack = auditor.pry_open(stream, frame).unwrap();
    for item in pack.items() {
        let PackItem::Kept { change, .. } = item else {
            continue;
        };
        let change = Change::decode(change).unwrap();
        for (field, value) in change.patch {
            let name = crate::checks::name_of(change.entity, field, person, format!("{value:?}"));
            *owed.entry(name).or_default() += 1;
        }
    }
}
