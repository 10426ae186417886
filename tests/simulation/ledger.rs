//! The server's rows, read as an auditor would who has the database and nothing else.

use crate::world::World;
use hearth_protocol::control::ControlHead;
use hearth_protocol::control::{Act, SignedEntry};
use hearth_protocol::frame::{Frame, Place};
use hearth_protocol::log::{LogPoint, Row};
use hearth_protocol::{CircleId, DeviceId, Hash, StreamId};
use hearth_server::db::{ControlDatabase, LogDatabase, LogQuestion, StoredRow};
use std::collections::BTreeMap;

/// One stream of the family's circle on the server.
pub(crate) struct Ledger {
    pub(crate) stream: StreamId,
    pub(crate) end: LogPoint,
    pub(crate) frames: Vec<Frame>,
}

impl World {
    pub(crate) fn circle(&self) -> CircleId {
        self.phones[0].replica().id()
    }

    /// Reads the logs, and recomputes them: rows without gaps, each device's frames as well,
    /// and the running hash the server's own.
    pub(crate) fn read_ledgers(&self) -> Vec<Ledger> {
        let circle = self.circle();
        let streams = self.phones[0].replica().circle().streams();
        let streams: Vec<StreamId> = streams.collect();
        let read = streams.into_iter().map(|stream| {
            let place = Place { circle, stream };
            let question = LogQuestion::default();
            let view = self.server.database.read_log(place, question);
            let end = pollster::block_on(view).unwrap().unwrap().end;
            let rows = self
                .server
                .database
                .read_rows(place, end.log, 0, usize::MAX);
            let rows = pollster::block_on(rows).unwrap();
            check_rows(&place, &end, &rows);
            let frames = rows.iter().map(|row| Frame::decode(&row.frame).unwrap());
            Ledger {
                stream,
                end,
                frames: frames.collect(),
            }
        });
        read.collect()
    }

    pub(crate) fn read_entries(&self) -> Vec<SignedEntry> {
        let tail = self
            .server
            .database
            .read_control(self.circle(), ControlHead::START);
        pollster::block_on(tail).unwrap().entries
    }

    /// Bodies that lie in a later epoch than the one that their author knew of when signing.
    pub(crate) fn count_resealed(&self) -> u64 {
        let entries = self.read_entries();
        let mut resealed = 0;
        for ledger in self.read_ledgers() {
            for frame in &ledger.frames {
                let seq = frame.header.read().unwrap().control.seq;
                let known = epoch_at(&entries, ledger.stream, seq);
                resealed += u64::from(frame.epoch().unwrap() > known);
            }
        }
        resealed
    }
}

/// The epoch of a stream after this entry.
pub(crate) fn epoch_at(entries: &[SignedEntry], stream: StreamId, seq: u64) -> u64 {
    let read = entries.iter().filter_map(|entry| entry.read().ok());
    let acts = read
        .filter(|entry| entry.head.seq <= seq)
        .flat_map(|entry| entry.acts);
    let begun = acts.flatten().filter(|act| match act {
        Act::StreamAdded(act) => act.stream == stream,
        Act::EpochAdvanced(act) => act.stream == stream,
        _ => false,
    });
    begun.count() as u64
}

fn check_rows(place: &Place, end: &LogPoint, rows: &[StoredRow]) {
    let mut point = LogPoint::start(place, end.log);
    let mut hands: BTreeMap<DeviceId, (u64, Hash)> = BTreeMap::new();
    for row in rows {
        let frame = Frame::decode(&row.frame).unwrap();
        let header = frame.header.read().unwrap();
        point = point
            .after(&Row {
                seq: row.point.seq,
                received_at: row.point.received_at,
                header: frame.header.hash(),
            })
            .unwrap();
        assert_eq!(point, row.point, "a row of the log does not follow");
        let before = hands.entry(header.device).or_insert((0, Hash::ZERO));
        assert_eq!((before.0 + 1, before.1), (header.dev_seq, header.prev));
        *before = (header.dev_seq, frame.header.hash());
    }
    assert_eq!(&point, end, "the log does not end where it says");
}
