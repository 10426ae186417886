//! A few people and their phones, in short words.

mod clocks;
mod deletes;
mod index;
mod keeping;
mod laws;
mod log;
mod model;
mod rules;
mod words;

use super::{BEGINS, Name, Origin, Placed, RowKey, Rule, SeenVector, View};
use hearth_protocol::{Change, DeviceId, EntityId, Hash, Hlc, Millis, PersonId, StreamId, Value};
use std::rc::Rc;

const STREAM: StreamId = StreamId([7; 16]);
const ENTITY: EntityId = EntityId([5; 16]);
const WORDS: u64 = 4;
const NOW: Millis = 1_800_000_000_000;
const MINUTE: Millis = 60_000;
const YEAR: Millis = 365 * 24 * 60 * MINUTE;

/// Kinds whose words are their author's alone, and those which are everyone's.
const STORY: u64 = 2;
const PROFILE: u64 = 1;

fn rule(kind: u64) -> Rule {
    match kind {
        STORY => Rule::Author,
        _ => Rule::Everyone,
    }
}

/// The phones: 0 and 1 are one person's, 2 and 3 other people's.
fn device(number: u8) -> DeviceId {
    DeviceId([number; 16])
}

fn person(number: u8) -> PersonId {
    PersonId([number.max(1); 16])
}

fn name(device: DeviceId, dev_seq: u64, index: u32) -> Name {
    Name::Framed {
        stream: STREAM,
        device,
        dev_seq,
        index,
    }
}

fn row(at: Hlc, salt: u8) -> RowKey {
    let mut key = [salt; 16];
    key[..8].copy_from_slice(&at.0.to_be_bytes());
    key
}

/// What a phone wrote in its frame of this number, having seen those frames of others.
fn framed(number: u8, dev_seq: u64, seen: &[(u8, u64)], placed: Option<Placed>) -> Origin {
    let seen = seen.iter().map(|(number, seq)| (device(*number), *seq));
    Origin {
        name: name(device(number), dev_seq, 0),
        person: person(number),
        seen: Rc::new(SeenVector::from_iter(seen)),
        placed,
    }
}

fn waiting(at: Hlc) -> Origin {
    Origin {
        name: Name::Waiting(row(at, 1)),
        person: person(0),
        seen: Rc::default(),
        placed: None,
    }
}

fn at_row(seq: u64, received_at: Millis) -> Option<Placed> {
    Some(Placed { seq, received_at })
}

fn change<const N: usize>(kind: u64, at: Millis, patch: [(u64, Value); N]) -> Change {
    Change {
        kind,
        entity: ENTITY,
        hlc: Hlc::at(at),
        patch: hearth_protocol::SortedMap::from(patch),
    }
}

fn begin(kind: u64, at: Millis, words: &str) -> Change {
    change(
        kind,
        at,
        [(BEGINS, Value::Bool(true)), (WORDS, text(words))],
    )
}

fn edit(at: Millis, words: &str) -> Change {
    change(PROFILE, at, [(WORDS, text(words))])
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

/// The view of these changes, which must be the same in every order.
fn view(told: &[(Origin, Change)]) -> View {
    let count = told.len();
    let build = |order: &mut dyn Iterator<Item = usize>| {
        let mut view = View::new(rule);
        order.for_each(|place| view.apply(&told[place].0, told[place].1.clone()));
        view
    };
    let view = build(&mut (0..count));
    assert_eq!(view, build(&mut (0..count).rev()));
    assert_eq!(
        view,
        build(&mut (0..count).map(|place| (place + count / 2) % count))
    );
    view
}

fn shown(view: &View) -> Option<&str> {
    view.get(ENTITY)?.text(WORDS)
}

fn heads(view: &View) -> Vec<&str> {
    let heads = view.get(ENTITY).map(|entity| entity.heads(WORDS));
    let heads = heads.unwrap_or_default().into_iter();
    heads.filter_map(|head| head.value.as_text()).collect()
}

fn hash(number: u8) -> Hash {
    Hash([number; 32])
}
