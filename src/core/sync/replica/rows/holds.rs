//! How far a server that went back is, while it is told again what it lacks.

use super::{ANEW, Row, bytes_of, key, list, number, read_list};
use crate::ports::Table;
use hearth_protocol::{CircleId, DeviceId, SortedMap, StreamId, Value};

/// The log of a server that went back is being read from its first row; or was, has so many
/// frames of each device, and is to be told the rest.
pub(in crate::sync::replica) fn anew(
    circle: &CircleId,
    stream: &StreamId,
    holds: Option<&SortedMap<DeviceId, u64>>,
) -> Row {
    let holds = holds.map(|holds| {
        let held = holds.iter();
        held.map(|(device, dev_seq)| Value::List(vec![bytes_of(&device.0), number(*dev_seq)]))
    });
    let value = match holds {
        None => list([]),
        Some(holds) => list([Value::List(holds.collect())]),
    };
    (Table::Circles, anew_key(circle, stream), value)
}

pub(in crate::sync::replica) fn anew_key(circle: &CircleId, stream: &StreamId) -> Vec<u8> {
    key([ANEW, &circle.0, &stream.0])
}

/// `None` inside where the log is still being read.
pub(super) fn read_holds(value: &[u8]) -> Option<Option<SortedMap<DeviceId, u64>>> {
    if read_list::<0>(value).is_some() {
        return Some(None);
    }
    let [holds] = read_list(value)?;
    let read = |held: &Value| {
        let [device, dev_seq] = held.as_list()? else {
            return None;
        };
        let dev_seq = u64::try_from(dev_seq.as_int()?).ok()?;
        Some((DeviceId(device.as_array()?), dev_seq))
    };
    holds
        .as_list()?
        .iter()
        .map(read)
        .collect::<Option<_>>()
        .map(Some)
}
