//! How a circle lies on the phone: `docs/store-format.md`, the tables `circles` and `frames`.

mod holds;

pub(super) use holds::{anew, anew_key};

use super::{Draw, FrameName, Me, random};
use crate::ports::{NoRandomness, Table};
use crate::sync::merge::Placed;
use hearth_protocol::control::SignedEntry;
use hearth_protocol::frame::Seen;
use hearth_protocol::limits::{LONGEST_ENTRY, LONGEST_SMALL_MESSAGE};
use hearth_protocol::log::{LogPoint, SignedHead};
use hearth_protocol::{
    CircleId, DeviceId, Hash, Key, Object, PersonId, SortedMap, StreamId, Value,
};
use holds::read_holds;

/// The version of these rows.
const VERSION: i64 = 1;

const SELF: &[u8] = b"self/";
const ENTRY: &[u8] = b"entry/";
const KEY: &[u8] = b"key/";
const LOG: &[u8] = b"log/";
const CONFIRMED: &[u8] = b"confirmed/";
const REDACTION: &[u8] = b"redaction/";
const BODIES: &[u8] = b"bodies/";
const ANEW: &[u8] = b"anew/";
const REKEY: &[u8] = b"rekey/";
const UNSAID: &[u8] = b"unsaid/";
const FORMER: &[u8] = b"former/";

/// A row of the table `circles`, read.
pub(super) enum CircleRow {
    Me(CircleId, Seeds),
    Entry(CircleId, SignedEntry),
    Key(CircleId, (StreamId, u64), Key),
    Log(CircleId, StreamId, LogPoint, SignedHead),
    Confirmed(CircleId, u64),
    Redaction(CircleId, FrameName, Hash),
    Bodies(CircleId, FrameName, Vec<(Hash, Vec<u8>)>),
    Anew(CircleId, StreamId, Option<SortedMap<DeviceId, u64>>),
    Rekey(CircleId, Seeds, Option<SeenBefore>),
    Unsaid(CircleId, FrameName, Vec<u8>, Vec<(Hash, Vec<u8>)>),
    Former(CircleId, DeviceId),
}

/// What the store had seen before it began to change its keys, by stream.
pub(super) type SeenBefore = SortedMap<StreamId, Vec<Seen>>;

/// What the keys of this phone grow from. Secret.
#[derive(Clone)]
pub(super) struct Seeds {
    pub(super) signing: [u8; 32],
    pub(super) sealing: [u8; 32],
    pub(super) person: PersonId,
}

impl Seeds {
    pub(super) fn me(&self) -> Me {
        let secret = hearth_protocol::DeviceSecret::from_seeds(self.signing, self.sealing);
        Me::new(secret, self.person)
    }

    pub(super) fn draw(person: PersonId, draw: Draw<'_>) -> Result<Self, NoRandomness> {
        Ok(Self {
            signing: random(draw)?,
            sealing: random(draw)?,
            person,
        })
    }
}

/// Table, key and value of a row.
pub(super) type Row = (Table, Vec<u8>, Vec<u8>);

pub(super) fn me(circle: &CircleId, seeds: &Seeds) -> Row {
    let value = list([
        bytes_of(&seeds.signing),
        bytes_of(&seeds.sealing),
        bytes_of(&seeds.person.0),
    ]);
    (Table::Circles, me_key(circle), value)
}

pub(super) fn me_key(circle: &CircleId) -> Vec<u8> {
    key([SELF, &circle.0])
}

pub(super) fn entry(circle: &CircleId, seq: u64, entry: &SignedEntry) -> Row {
    let key = key([ENTRY, &circle.0, &seq.to_be_bytes()]);
    (Table::Circles, key, entry.encode())
}

pub(super) fn epoch_key(circle: &CircleId, stream: &StreamId, epoch: u64, secret: &Key) -> Row {
    let key = key([KEY, &circle.0, &stream.0, &epoch.to_be_bytes()]);
    (Table::Circles, key, secret.expose().to_vec())
}

pub(super) fn log(circle: &CircleId, stream: &StreamId, have: &LogPoint, head: &SignedHead) -> Row {
    let value = list([bytes_of(&have.encode()), bytes_of(&head.encode())]);
    (Table::Circles, key([LOG, &circle.0, &stream.0]), value)
}

pub(super) fn confirmed(circle: &CircleId, seq: u64) -> Row {
    let key = key([CONFIRMED, &circle.0]);
    (Table::Circles, key, seq.to_be_bytes().to_vec())
}

pub(super) fn redaction(circle: &CircleId, name: &FrameName, body: &Hash) -> Row {
    let key = key([REDACTION, &circle.0, &frame_key(name)]);
    (Table::Circles, key, body.0.to_vec())
}

/// The redacted bodies that go with an own erase frame.
pub(super) fn bodies(circle: &CircleId, name: &FrameName, bodies: &[(Hash, Vec<u8>)]) -> Row {
    let value = list([list_bodies(bodies)]);
    (Table::Circles, bodies_key(circle, name), value)
}

pub(super) fn bodies_key(circle: &CircleId, name: &FrameName) -> Vec<u8> {
    key([BODIES, &circle.0, &frame_key(name)])
}

/// The keys that this store changes to; see `rekey.rs`.
pub(super) fn rekey(circle: &CircleId, seeds: &Seeds, seen: Option<&SeenBefore>) -> Row {
    let of_stream = |(stream, seen): (&StreamId, &Vec<Seen>)| {
        let seen = seen.iter().map(|seen| bytes_of(&seen.encode()));
        Value::List(vec![bytes_of(&stream.0), Value::List(seen.collect())])
    };
    let seen = seen.map_or(Value::Null, |seen| {
        Value::List(seen.iter().map(of_stream).collect())
    });
    let value = list([
        bytes_of(&seeds.signing),
        bytes_of(&seeds.sealing),
        bytes_of(&seeds.person.0),
        seen,
    ]);
    (Table::Circles, rekey_key(circle), value)
}

pub(super) fn rekey_key(circle: &CircleId) -> Vec<u8> {
    key([REKEY, &circle.0])
}

/// An own frame that no server took and that cannot go as changes: it erases.
pub(super) fn unsaid(
    circle: &CircleId,
    name: &FrameName,
    frame: &[u8],
    bodies: &[(Hash, Vec<u8>)],
) -> Row {
    let value = list([bytes_of(frame), list_bodies(bodies)]);
    (Table::Circles, unsaid_key(circle, name), value)
}

pub(super) fn unsaid_key(circle: &CircleId, name: &FrameName) -> Vec<u8> {
    key([UNSAID, &circle.0, &frame_key(name)])
}

/// A device that this store was.
pub(super) fn former(circle: &CircleId, device: &DeviceId) -> Row {
    let key = key([FORMER, &circle.0, &device.0]);
    (Table::Circles, key, Vec::new())
}

fn list_bodies(bodies: &[(Hash, Vec<u8>)]) -> Value {
    let all = bodies.iter();
    let all = all.map(|(header, body)| Value::List(vec![bytes_of(&header.0), bytes_of(body)]));
    Value::List(all.collect())
}

/// A frame with its place in the server's order.
pub(super) fn frame(name: &FrameName, frame: &[u8], placed: Option<Placed>) -> Row {
    let (seq, at) = placed.map_or((Value::Null, Value::Null), |placed| {
        (number(placed.seq), number(placed.received_at))
    });
    let value = list([bytes_of(frame), seq, at]);
    (Table::Frames, frame_key(name), value)
}

pub(super) fn frame_key(name: &FrameName) -> Vec<u8> {
    let number = name.dev_seq.to_be_bytes();
    key([&name.stream.0[..], &name.device.0, &number])
}

/// The frame of a row, and its place.
pub(super) fn read_frame(row: &[u8]) -> Option<(Vec<u8>, Option<Placed>)> {
    let [frame, seq, at] = read_list(row)?;
    let Value::Bytes(frame) = frame else {
        return None;
    };
    let number = |value: &Value| value.as_int().and_then(|number| u64::try_from(number).ok());
    let placed = match (number(&seq), number(&at)) {
        (Some(seq), Some(received_at)) => Some(Placed { seq, received_at }),
        _ => None,
    };
    Some((frame, placed))
}

pub(super) fn read_frame_key(key: &[u8]) -> Option<FrameName> {
    let (stream, rest) = key.split_first_chunk()?;
    let (device, dev_seq) = rest.split_first_chunk()?;
    Some(FrameName {
        stream: StreamId(*stream),
        device: DeviceId(*device),
        dev_seq: u64::from_be_bytes(dev_seq.try_into().ok()?),
    })
}

/// Reads a row of the table `circles`; `None` where it is damaged or of a later build.
pub(super) fn read(key: &[u8], value: &[u8]) -> Option<CircleRow> {
    let after = |prefix: &[u8]| key.strip_prefix(prefix).and_then(circle_of);
    if let Some((circle, [])) = after(SELF) {
        let [signing, sealing, person] = read_list(value)?;
        let seeds = Seeds {
            signing: signing.as_array()?,
            sealing: sealing.as_array()?,
            person: PersonId(person.as_array()?),
        };
        return Some(CircleRow::Me(circle, seeds));
    }
    if let Some((circle, _)) = after(ENTRY) {
        let is_fitting = value.len() <= LONGEST_ENTRY;
        let entry = is_fitting.then(|| SignedEntry::decode(value).ok())??;
        return Some(CircleRow::Entry(circle, entry));
    }
    if let Some((circle, rest)) = after(KEY) {
        let (stream, epoch) = rest.split_first_chunk()?;
        let name = (
            StreamId(*stream),
            u64::from_be_bytes(epoch.try_into().ok()?),
        );
        return Some(CircleRow::Key(
            circle,
            name,
            Key::new(value.try_into().ok()?),
        ));
    }
    if let Some((circle, rest)) = after(LOG) {
        let [have, head] = read_list(value)?;
        let (Value::Bytes(have), Value::Bytes(head)) = (have, head) else {
            return None;
        };
        let have = LogPoint::decode(&have, LONGEST_SMALL_MESSAGE).ok()?;
        let head = SignedHead::decode(&head, LONGEST_SMALL_MESSAGE).ok()?;
        return Some(CircleRow::Log(
            circle,
            StreamId(rest.try_into().ok()?),
            have,
            head,
        ));
    }
    if let Some((circle, [])) = after(CONFIRMED) {
        let seq = u64::from_be_bytes(value.try_into().ok()?);
        return Some(CircleRow::Confirmed(circle, seq));
    }
    if let Some((circle, rest)) = after(ANEW) {
        let holds = read_holds(value)?;
        let stream = StreamId(rest.try_into().ok()?);
        return Some(CircleRow::Anew(circle, stream, holds));
    }
    if let Some((circle, rest)) = after(BODIES) {
        let [all] = read_list(value)?;
        return Some(CircleRow::Bodies(
            circle,
            read_frame_key(rest)?,
            read_bodies(&all)?,
        ));
    }
    if let Some((circle, [])) = after(REKEY) {
        let [signing, sealing, person, seen] = read_list(value)?;
        let seeds = Seeds {
            signing: signing.as_array()?,
            sealing: sealing.as_array()?,
            person: PersonId(person.as_array()?),
        };
        return Some(CircleRow::Rekey(circle, seeds, read_seen(&seen)?));
    }
    if let Some((circle, rest)) = after(UNSAID) {
        let [Value::Bytes(frame), bodies] = read_list(value)? else {
            return None;
        };
        let (name, bodies) = (read_frame_key(rest)?, read_bodies(&bodies)?);
        return Some(CircleRow::Unsaid(circle, name, frame, bodies));
    }
    if let Some((circle, rest)) = after(FORMER) {
        return Some(CircleRow::Former(circle, DeviceId(rest.try_into().ok()?)));
    }
    let (circle, rest) = after(REDACTION)?;
    let name = read_frame_key(rest)?;
    Some(CircleRow::Redaction(
        circle,
        name,
        Hash(value.try_into().ok()?),
    ))
}

/// The name of a log that has to be forgotten: its server began a new one.
pub(super) fn log_key(circle: &CircleId, stream: &StreamId) -> Vec<u8> {
    key([LOG, &circle.0, &stream.0])
}

pub(super) fn redaction_key(circle: &CircleId, name: &FrameName) -> Vec<u8> {
    key([REDACTION, &circle.0, &frame_key(name)])
}

fn read_bodies(value: &Value) -> Option<Vec<(Hash, Vec<u8>)>> {
    value.as_list()?.iter().map(read_body).collect()
}

fn read_seen(value: &Value) -> Option<Option<SeenBefore>> {
    if *value == Value::Null {
        return Some(None);
    }
    let of_stream = |entry: &Value| {
        let [stream, seen] = entry.as_list()? else {
            return None;
        };
        let seen = seen.as_list()?.iter().map(|seen| match seen {
            Value::Bytes(seen) => Seen::decode(seen, LONGEST_SMALL_MESSAGE).ok(),
            _ => None,
        });
        Some((StreamId(stream.as_array()?), seen.collect::<Option<_>>()?))
    };
    let streams = value.as_list()?.iter().map(of_stream);
    streams.collect::<Option<_>>().map(Some)
}

fn number(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn read_body(value: &Value) -> Option<(Hash, Vec<u8>)> {
    let [header, Value::Bytes(body)] = value.as_list()? else {
        return None;
    };
    Some((Hash(header.as_array()?), body.clone()))
}

const PREFIXES: [&[u8]; 11] = [
    SELF, ENTRY, KEY, LOG, CONFIRMED, REDACTION, BODIES, ANEW, REKEY, UNSAID, FORMER,
];

/// Whether a row holds a key of an epoch of this circle.
pub(super) fn is_epoch_key(row: &[u8], circle: &CircleId) -> bool {
    let rest = row.strip_prefix(KEY).and_then(circle_of);
    rest.is_some_and(|(of, _)| of == *circle)
}

/// Whether a row of the table `circles` is of this circle.
pub(super) fn is_of(row: &[u8], circle: &CircleId) -> bool {
    let mut rests = PREFIXES
        .iter()
        .filter_map(|prefix| row.strip_prefix(*prefix));
    rests.any(|rest| circle_of(rest).is_some_and(|(of, _)| of == *circle))
}

fn circle_of(rest: &[u8]) -> Option<(CircleId, &[u8])> {
    let (circle, rest) = rest.split_first_chunk()?;
    Some((CircleId(*circle), rest))
}

fn key<const N: usize>(parts: [&[u8]; N]) -> Vec<u8> {
    parts.concat()
}

fn bytes_of(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

fn list<const N: usize>(values: [Value; N]) -> Vec<u8> {
    let version = std::iter::once(Value::Int(VERSION));
    Value::List(version.chain(values).collect()).encode()
}

fn read_list<const N: usize>(bytes: &[u8]) -> Option<[Value; N]> {
    let Value::List(mut values) = Value::decode(bytes).ok()? else {
        return None;
    };
    if values.first().and_then(Value::as_int) != Some(VERSION) {
        return None;
    }
    values.remove(0);
    values.try_into().ok()
}
