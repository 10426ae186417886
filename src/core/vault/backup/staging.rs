//! Rows of a backup on their way in. Photos and frames come first, in transactions of bounded
//! size: nothing names them until one last transaction brings the circle, so that a restore that
//! was cut short shows nothing. What it left behind is cleared a day later, or taken up by the
//! next try.

use crate::backup::{Index, Row};
use crate::messages::Failure;
use crate::ports::{Clock, Random, Store, Table, Write};
use crate::vault::Vault;
use hearth_protocol::{Millis, SortedMap, SortedSet, StreamId, Value};

/// That frames and photos wait for their circle, since when, and of which streams.
pub(super) const RESTORING: &[u8] = b"restoring";

/// Bytes and rows of one transaction.
const LARGEST_BATCH: usize = 1024 * 1024;
const MOST_ROWS: usize = 256;

const ABANDONED_AFTER: Millis = 86_400_000;

/// What came out of a backup so far.
#[derive(Default)]
pub(super) struct Staging {
    pub(super) index: Option<Index>,
    /// The rows of the circle; the first of two counts.
    pub(super) circle: SortedMap<Vec<u8>, Vec<u8>>,
    /// Changes, drafts and small facts: they are put in with the circle.
    pub(super) small: Vec<(Table, Row)>,
    streams: SortedSet<StreamId>,
    batch: Vec<Write>,
    bytes: usize,
}

impl<S: Store, E: Clock + Random> Vault<S, E> {
    /// Takes one row in. What is here already and opens stays as it is.
    pub(super) async fn stage(&mut self, row: Row, staging: &mut Staging) -> Result<(), Failure> {
        let mut tables = Table::ALL.into_iter();
        let Some(table) = tables.find(|table| table.name() == row.table) else {
            return Ok(());
        };
        if table == Table::Circles {
            staging.circle.entry(row.key).or_insert(row.value);
            return Ok(());
        }
        if !matches!(table, Table::Frames | Table::Blobs) {
            staging.small.push((table, row));
            return Ok(());
        }
        if self.kept_row(table, &row.key).await?.is_some() {
            return Ok(());
        }
        if let (Table::Frames, Some(stream)) = (table, row.key.first_chunk()) {
            staging.streams.insert(StreamId(*stream));
        }
        staging.bytes += row.value.len();
        staging.batch.push(self.put(table, &row.key, &row.value)?);
        if staging.bytes > LARGEST_BATCH || staging.batch.len() >= MOST_ROWS {
            self.flush(staging).await?;
        }
        Ok(())
    }

    /// Makes what is staged durable, together with the note that it is.
    pub(super) async fn flush(&mut self, staging: &mut Staging) -> Result<(), Failure> {
        let mut steps = std::mem::take(&mut staging.batch);
        staging.bytes = 0;
        if steps.is_empty() {
            return Ok(());
        }
        let since = i64::try_from(self.surroundings.now()).unwrap_or(i64::MAX);
        let streams = staging.streams.iter();
        let streams = streams.map(|stream| Value::Bytes(stream.0.to_vec()));
        let note = Value::List(vec![
            Value::Int(1),
            Value::Int(since),
            Value::List(streams.collect()),
        ]);
        steps.push(self.put(Table::Meta, RESTORING, &note.encode())?);
        self.commit(steps).await
    }

    /// Clears what a restore left behind a day ago or longer. Whether one may still be going on,
    /// or a part of a backup is still to come, so that photos which nothing names may be its.
    pub(in crate::vault) async fn clear_abandoned(&mut self) -> Result<bool, Failure> {
        let is_part_missing = !self.read_brought().await?.is_empty();
        let Some(note) = self.kept_row(Table::Meta, RESTORING).await? else {
            return Ok(is_part_missing);
        };
        let (since, streams) = read_note(&note).unwrap_or_default();
        if self.surroundings.now().abs_diff(since) < ABANDONED_AFTER {
            return Ok(true);
        }
        let is_left = |key: &Vec<u8>| {
            let stream = key.first_chunk().map(|stream| StreamId(*stream));
            let is_its = stream.is_some_and(|stream| streams.contains(&stream));
            let replica = self.replica.as_ref();
            is_its && !replica.is_some_and(|replica| replica.owns(key))
        };
        let frames = self.store.keys(Table::Frames).await?.into_iter();
        let mut steps: Vec<Write> = frames
            .filter(is_left)
            .map(|key| Write::Delete {
                table: Table::Frames,
                key,
            })
            .collect();
        steps.push(end_staging());
        self.commit(steps).await?;
        Ok(is_part_missing)
    }
}

/// The step after which nothing waits for its circle.
pub(super) fn end_staging() -> Write {
    Write::Delete {
        table: Table::Meta,
        key: RESTORING.to_vec(),
    }
}

fn read_note(note: &[u8]) -> Option<(Millis, SortedSet<StreamId>)> {
    let value = Value::decode(note).ok()?;
    let [Value::Int(1), since, streams] = value.as_list()? else {
        return None;
    };
    let streams = streams.as_list()?.iter();
    let streams = streams.map(|stream| stream.as_array().map(StreamId));
    let since = u64::try_from(since.as_int()?).ok()?;
    Some((since, streams.collect::<Option<_>>()?))
}
