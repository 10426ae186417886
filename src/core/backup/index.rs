//! The first row of a file and its last: what is in it.

use hearth_protocol::{CircleId, Millis, SortedMap, StreamId, Value};
use std::num::NonZeroU16;

/// The name under which an index stands among the rows.
pub(crate) const INDEX: &str = "index";

const VERSION: i64 = 1;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Index {
    /// When it was made, by the phone's clock, in milliseconds since 1970.
    pub(crate) made: Millis,
    /// The circle whose rows these are.
    pub(crate) circle: CircleId,
    /// Up to which epoch of each stream its keys are in it.
    pub(crate) epochs: SortedMap<StreamId, u64>,
    /// How many rows of each table are in this file.
    pub(crate) counts: SortedMap<String, u64>,
    /// How many parts the backup has; only its last one knows.
    pub(crate) parts: Option<NonZeroU16>,
}

impl Index {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let epochs = self.epochs.iter();
        let epochs = epochs.map(|(stream, epoch)| pair(bytes(&stream.0), *epoch));
        let counts = self.counts.iter();
        let counts = counts.map(|(table, count)| pair(Value::Text(table.clone()), *count));
        let fields = vec![
            Value::Int(VERSION),
            number(self.made),
            bytes(&self.circle.0),
            Value::List(epochs.collect()),
            Value::List(counts.collect()),
            number(self.parts.map_or(0, |parts| parts.get().into())),
        ];
        Value::List(fields).encode()
    }

    /// `None` where it is none of this version.
    pub(crate) fn decode(row: &[u8]) -> Option<Self> {
        let value = Value::decode(row).ok()?;
        // A later build may add to the end.
        let [Value::Int(VERSION), made, circle, epochs, counts, more @ ..] = value.as_list()?
        else {
            return None;
        };
        let parts = more.first().and_then(Value::as_int);
        let parts = parts.and_then(|parts| u16::try_from(parts).ok());
        let epochs = epochs.as_list()?.iter().map(|epoch| {
            let (stream, epoch) = read_pair(epoch)?;
            Some((StreamId(stream.as_array()?), epoch))
        });
        let counts = counts.as_list()?.iter().map(|count| {
            let (table, count) = read_pair(count)?;
            Some((table.as_text()?.to_owned(), count))
        });
        Some(Self {
            made: u64::try_from(made.as_int()?).ok()?,
            circle: CircleId(circle.as_array()?),
            epochs: epochs.collect::<Option<_>>()?,
            counts: counts.collect::<Option<_>>()?,
            parts: parts.and_then(NonZeroU16::new),
        })
    }
}

fn pair(name: Value, count: u64) -> Value {
    Value::List(vec![name, number(count)])
}

fn read_pair(value: &Value) -> Option<(&Value, u64)> {
    let [name, count] = value.as_list()? else {
        return None;
    };
    Some((name, u64::try_from(count.as_int()?).ok()?))
}

fn number(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}
