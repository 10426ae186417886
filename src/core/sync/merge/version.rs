//! The versions of a field: which are heads, and what is shown.

use super::{KeptChange, Name, Placed, has_seen};
use hearth_protocol::sorted::sort_by_key;
use hearth_protocol::{Hlc, PersonId, Value};
use std::cmp::Reverse;

/// One value that a field was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    /// The change that gave it.
    pub name: Name,
    /// Whose words they are.
    pub person: PersonId,
    /// When its author says it was saved.
    pub hlc: Hlc,
    /// Where it lies in the server's log.
    pub placed: Option<Placed>,
    /// The value; `Null` empties the field.
    pub value: &'a Value,
    /// Nobody who had seen it has written another.
    pub is_head: bool,
}

/// A change with the value it gives to the field in question.
pub(super) type Given<'a> = (&'a KeptChange, &'a Value);

/// The heads among these, greatest first. They come by name, so each hand's stand together.
pub(super) fn find_heads<'a>(given: impl Iterator<Item = Given<'a>>) -> Vec<Given<'a>> {
    // A hand had seen its own earlier changes and, each time, all that it had seen before: its
    // newest stands for all of them, as what may be a head and as what buries others.
    let mut newest: Vec<Given<'a>> = Vec::new();
    for next in given {
        match newest.last_mut() {
            Some(last) if last.0.name().is_of_same_hand(&next.0.name()) => *last = next,
            _ => newest.push(next),
        }
    }
    if newest.len() < 2 {
        return newest;
    }
    let is_buried = |one: &KeptChange| {
        let mut others = newest.iter();
        others.any(|(other, _)| has_seen(&other.origin, &one.origin))
    };
    let mut heads: Vec<_> = newest
        .iter()
        .filter(|(one, _)| !is_buried(one))
        .copied()
        .collect();
    sort_by_key(&mut heads, |(change, _)| Reverse(change.rank()));
    heads
}

impl<'a> Version<'a> {
    pub(super) fn new((change, value): Given<'a>, is_head: bool) -> Self {
        Self {
            name: change.name(),
            person: change.origin.person,
            hlc: change.hlc,
            placed: change.origin.placed,
            value,
            is_head,
        }
    }
}
