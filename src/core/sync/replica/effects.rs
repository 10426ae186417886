//! What a step of the replica wants done.

use super::Intent;
use crate::ports::{Expected, Table};
use crate::sync::merge::{Placed, RowKey};
use hearth_protocol::{Change, DeviceId, PersonId, StreamId};

/// Everything that follows from one step. The rows become durable together, before the rest is
/// taken into what is shown.
#[derive(Default)]
pub struct Effects {
    /// What is kept and forgotten.
    pub rows: Vec<RowChange>,
    /// Rows that must be there, or must not: where another tab was faster nothing is done.
    pub expected: Vec<(Table, Vec<u8>, Expected)>,
    /// Frames that opened, their changes for the view.
    pub opened: Vec<OpenedFrame>,
    /// Own frames that have a place in the server's order now.
    pub placed: Vec<(FrameName, Placed)>,
    /// Frames that lie in the store already and whose place is another one now.
    pub moved: Vec<(FrameName, Placed)>,
    /// Changes that were taken out of frames.
    pub taken_out: Vec<(FrameName, u32)>,
    /// What was wanted and is no better taken the next time.
    pub refused: Vec<Intent>,
    /// The view has to be built again from what is kept.
    pub must_rebuild: bool,
    /// A device arrived: what its keys open has one more place where it is safe.
    pub somebody_arrived: bool,
    /// The server went back to an older state, and is told again what it lacks.
    pub has_gone_back: bool,
}

/// One row before it is sealed for the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Where.
    pub table: Table,
    /// Under which key.
    pub key: Vec<u8>,
    /// What; `None` forgets it.
    pub value: Option<Vec<u8>>,
}

/// The name of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameName {
    /// Where it was written.
    pub stream: StreamId,
    /// By which device.
    pub device: DeviceId,
    /// Its number there.
    pub dev_seq: u64,
}

/// A frame whose body opened and whose author was allowed to write it.
pub struct OpenedFrame {
    /// Which.
    pub name: FrameName,
    /// Whose.
    pub person: PersonId,
    /// Its place in the server's order.
    pub placed: Option<Placed>,
    /// Those that are still in it and that this build can read.
    pub changes: Vec<OpenedChange>,
    /// How many are of a later version: they are kept, and read after an update.
    pub later: usize,
}

/// A change out of a frame.
pub struct OpenedChange {
    /// Its place in the frame.
    pub index: u32,
    /// The row in which it waited, where this phone framed it just now.
    pub was: Option<RowKey>,
    /// What it says.
    pub change: Change,
}

impl Effects {
    pub(super) fn keep(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        let value = Some(value);
        self.rows.push(RowChange { table, key, value });
    }

    pub(super) fn expect(&mut self, table: Table, key: Vec<u8>, what: Expected) {
        self.expected.push((table, key, what));
    }

    pub(super) fn forget(&mut self, table: Table, key: Vec<u8>) {
        let value = None;
        self.rows.push(RowChange { table, key, value });
    }
}
