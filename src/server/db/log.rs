//! The rows of every stream.

use std::collections::{BTreeMap, BTreeSet};

use hearth_protocol::control::ControlHead;
use hearth_protocol::frame::{ChainPoint, Frame, Place};
use hearth_protocol::log::LogPoint;
use hearth_protocol::{BlobId, DeviceId, Hash, LogId, Millis};

use super::{DatabaseError, Stored};

/// What a caller wants to know of a log, all at one moment.
#[derive(Clone, Debug, Default)]
pub struct LogQuestion {
    /// The points after which rows.
    pub points: Vec<u64>,
    /// Where the rows of this epoch or a later one begin.
    pub from_epoch: u64,
    /// Whether this was the log's name once.
    pub lost: Option<LogId>,
    /// Which frames are here.
    pub names: BTreeSet<(DeviceId, u64)>,
    /// Whose these attachments are.
    pub blobs: BTreeSet<BlobId>,
    /// Who is held at this moment.
    pub now: Millis,
}

/// The answer to a [`LogQuestion`].
#[derive(Clone, Debug)]
pub struct LogView {
    /// After the last row.
    pub end: LogPoint,
    /// Bytes that the circle takes.
    pub used: u64,
    /// As asked; `None` beyond the end.
    pub points: Vec<Option<LogPoint>>,
    /// Before the first row of that epoch; after the last row where there is none.
    pub begins: LogPoint,
    /// Whether the lost name was this log's.
    pub was_ours: bool,
    /// The newest header of every device.
    pub ends: BTreeMap<DeviceId, ChainPoint>,
    /// The frames that are here.
    pub named: BTreeMap<(DeviceId, u64), NamedRow>,
    /// The bodies that took the place of erased ones, of the frames asked about.
    pub redacted: BTreeMap<(DeviceId, u64), (Hash, Vec<u8>)>,
    /// The device that first named each of the attachments asked about, of those that are here and not erased.
    pub authors: BTreeMap<BlobId, DeviceId>,
    /// Devices of which no frame is taken now.
    pub held: BTreeSet<DeviceId>,
}

/// A frame that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRow {
    /// Its row.
    pub seq: u64,
    /// Its header's hash.
    pub header: Hash,
    /// The epoch of its body.
    pub epoch: u64,
}

/// A row to append.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// The log after it: its number, time and running hash.
    pub point: LogPoint,
    /// Whose frame.
    pub device: DeviceId,
    /// Its number.
    pub dev_seq: u64,
    /// Its header's hash.
    pub header: Hash,
    /// The epoch of its body.
    pub epoch: u64,
    /// The attachments it names, and how long they are.
    pub blobs: Vec<(BlobId, u64)>,
    /// The frame.
    pub frame: Vec<u8>,
}

/// A row with its frame, to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// The log after it.
    pub point: LogPoint,
    /// The frame, with the body it has now.
    pub frame: Vec<u8>,
}

/// A frame whose body goes. It is remembered also where the frame is not here, so that its body does not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Whose frame.
    pub device: DeviceId,
    /// Its number.
    pub dev_seq: u64,
    /// Its header's hash.
    pub header: Hash,
    /// The body that takes the place.
    pub body: Vec<u8>,
}

/// Frames of one stream, already judged against a [`LogView`].
#[derive(Clone, Debug)]
pub struct FramesAppend {
    /// Which stream.
    pub place: Place,
    /// The log's end when they were judged.
    pub before: LogPoint,
    /// The control head when they were judged.
    pub control: ControlHead,
    /// When: a device that is held at this moment is not appended.
    pub now: Millis,
    /// In order.
    pub rows: Vec<NewRow>,
    /// What erase frames among them erase.
    pub erasures: Vec<Erasure>,
    /// Attachments that they delete.
    pub erased_blobs: Vec<BlobId>,
}

/// What became of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendOutcome {
    /// All of them are in the log.
    Appended,
    /// None: the log, the control head or the holds changed since they were judged.
    Moved,
}

/// The log's part of a database.
pub trait LogDatabase {
    /// What the log of a stream is like; `None` where none was begun.
    fn read_log(
        &self,
        place: Place,
        question: LogQuestion,
    ) -> impl Future<Output = Stored<Option<LogView>>> + Send;

    /// Begins the log of a stream of a circle that is here, where it has none.
    fn open_log(&self, place: Place, fresh: LogId) -> impl Future<Output = Stored<()>> + Send;

    /// Gives the log `old` the name `fresh`, with all its rows, and remembers `old` and `lost`. Nothing where `old` is not its name.
    fn rename_log(
        &self,
        place: Place,
        old: LogId,
        lost: LogId,
        fresh: LogId,
    ) -> impl Future<Output = Stored<()>> + Send;

    /// Appends all of it or nothing.
    fn append_frames(
        &self,
        append: FramesAppend,
    ) -> impl Future<Output = Stored<AppendOutcome>> + Send;

    /// Rows after `after` of the log of this name, as many as fit `most_bytes`; none where that is not its name any more.
    fn read_rows(
        &self,
        place: Place,
        log: LogId,
        after: u64,
        most_bytes: usize,
    ) -> impl Future<Output = Stored<Vec<StoredRow>>> + Send;

    /// The frames of these names that are here, in rows after `after`.
    fn find_rows(
        &self,
        place: Place,
        names: BTreeSet<(DeviceId, u64)>,
        after: u64,
    ) -> impl Future<Output = Stored<Vec<StoredRow>>> + Send;

    /// Erases once more what was erased before the database went back.
    fn erase_again(
        &self,
        place: Place,
        erasures: Vec<Erasure>,
        blobs: Vec<BlobId>,
    ) -> impl Future<Output = Stored<()>> + Send;
}

/// What a row costs of `most_bytes`: its frame and what stands around it.
pub(super) fn row_cost(frame: &[u8]) -> usize {
    frame.len() + ROW_AROUND
}

/// Three numbered fields with a number, a time and the length of the frame.
const ROW_AROUND: usize = 32;

/// The frame with another body.
pub(super) fn replace_body(frame: &[u8], body: &[u8]) -> Stored<Vec<u8>> {
    let mut frame = Frame::decode(frame).map_err(|_| DatabaseError::Damaged("frame"))?;
    frame.body = body.to_vec();
    Ok(frame.encode())
}
