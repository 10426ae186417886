//! The same rules once more, slowly: no vectors, no index, no runs, only sets of names and every
//! pair of changes.

use super::log::{Frame, Log, OWN, log, view_of};
use super::*;
use crate::record::DELETED;
use crate::sync::merge::{Entity, LARGEST_LEAD};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A change with the names of all that its author had seen.
struct Fact {
    name: Name,
    person: PersonId,
    placed: Option<Placed>,
    change: Change,
    saw: BTreeSet<Name>,
}

fn facts(log: &Log) -> Vec<Fact> {
    let mut facts = Vec::new();
    for frame in &log.frames {
        let mut saw = seen_before(frame, log);
        for (name, change) in names(frame).into_iter().zip(&frame.changes) {
            facts.push(Fact {
                name,
                person: person(frame.device),
                placed: frame.placed,
                change: change.clone(),
                saw: saw.clone(),
            });
            saw.insert(name);
        }
    }
    let mut saw: BTreeSet<Name> = facts.iter().map(|fact| fact.name).collect();
    let mut waiting = log.waiting.clone();
    waiting.sort_by_key(|(key, _)| *key);
    for (key, change) in waiting {
        facts.push(Fact {
            name: Name::Waiting(key),
            person: person(OWN),
            placed: None,
            change,
            saw: saw.clone(),
        });
        saw.insert(Name::Waiting(key));
    }
    facts
}

fn names(frame: &Frame) -> Vec<Name> {
    let places = 0..frame.changes.len();
    places.map(|place| frame.name(place)).collect()
}

/// What the author had seen before the first change of a frame.
fn seen_before(frame: &Frame, log: &Log) -> BTreeSet<Name> {
    let mut saw = BTreeSet::new();
    let here = log.frames.iter().filter(|it| it.stream == frame.stream);
    let own = here.clone().filter(|it| it.device == frame.device);
    for own in own.filter(|it| it.dev_seq <= frame.dev_seq) {
        if own.dev_seq < frame.dev_seq {
            saw.extend(names(own));
        }
        for claim in &own.claims {
            let others = here
                .clone()
                .filter(|it| it.device != frame.device && device(it.device) == claim.device);
            let is_right = others
                .clone()
                .any(|it| it.dev_seq == claim.dev_seq && it.hash.short() == claim.header);
            let seen = others.filter(|it| is_right && it.dev_seq <= claim.dev_seq);
            saw.extend(seen.flat_map(names));
        }
    }
    saw
}

/// Which of two concurrent ones is on top.
fn is_greater(one: &Fact, other: &Fact) -> bool {
    match (one.placed, other.placed) {
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (None, None) => (one.change.hlc, one.name) > (other.change.hlc, other.name),
        (Some(here), Some(there)) => {
            let time = |fact: &Fact, placed: Placed| {
                fact.change
                    .hlc
                    .min(Hlc::at(placed.received_at + LARGEST_LEAD))
            };
            let (mine, theirs) = (time(one, here), time(other, there));
            mine > theirs
                || (mine == theirs && here.seq > there.seq)
                || (mine == theirs && here.seq == there.seq && one.name > other.name)
        }
    }
}

fn least<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<&'a Fact> {
    facts.reduce(|least, fact| if is_greater(least, fact) { fact } else { least })
}

fn begin_of<'a>(facts: &[&'a Fact]) -> Option<&'a Fact> {
    let is_mark = |fact: &&&Fact| fact.change.patch.get(&BEGINS) == Some(&Value::Bool(true));
    let marked: Vec<&&Fact> = facts.iter().filter(is_mark).collect();
    let placed = marked.iter().filter(|fact| fact.placed.is_some());
    let first = placed.min_by_key(|fact| (fact.placed.map(|placed| placed.seq), fact.name));
    if let Some(fact) = first.or(marked.iter().min_by_key(|fact| fact.name)) {
        return Some(fact);
    }
    let mine = least(
        facts
            .iter()
            .filter(|fact| fact.person == person(OWN))
            .copied(),
    )?;
    let is_others = |fact: &&Fact| fact.person != person(OWN) && mine.saw.contains(&fact.name);
    (!facts.iter().any(is_others)).then_some(mine)
}

fn check(entity: &Entity, facts: &[&Fact], begin: &Fact) {
    assert_eq!(
        (entity.kind(), entity.author()),
        (begin.change.kind, begin.person)
    );
    let counts = |fact: &&&Fact| begin.change.kind != STORY || fact.person == begin.person;
    let counting: Vec<&Fact> = facts.iter().filter(counts).copied().collect();
    assert_eq!(entity.ignored().count(), facts.len() - counting.len());
    for field in 0..8 {
        let given: Vec<&Fact> = counting
            .iter()
            .filter(|fact| fact.change.patch.contains_key(&field))
            .copied()
            .collect();
        let mut heads: Vec<&Fact> = given
            .iter()
            .filter(|fact| !given.iter().any(|by| by.saw.contains(&fact.name)))
            .copied()
            .collect();
        heads.sort_by(|one, other| is_greater(other, one).cmp(&is_greater(one, other)));
        let names: Vec<Name> = heads.iter().map(|fact| fact.name).collect();
        let told: Vec<Name> = entity.heads(field).iter().map(|head| head.name).collect();
        assert_eq!(told, names);
        assert_eq!(entity.history(field).len(), given.len());
        let value = heads
            .first()
            .map(|fact| fact.change.patch.get(&field).unwrap());
        assert_eq!(
            entity.field(field),
            value.filter(|value| **value != Value::Null)
        );
        let values: BTreeSet<_> = heads
            .iter()
            .map(|fact| fact.change.patch.get(&field).unwrap().encode())
            .collect();
        assert_eq!(entity.conflicts().contains(&field), values.len() > 1);
    }
    let deletes = |fact: &Fact| {
        fact.change
            .patch
            .get(&DELETED)
            .is_some_and(|value| *value != Value::Null)
    };
    let is_deleted = counting.iter().any(|delete| {
        let is_head = !counting
            .iter()
            .any(|by| by.change.patch.contains_key(&DELETED) && by.saw.contains(&delete.name));
        let says_nothing_new = |other: &&Fact| {
            other.name == delete.name
                || delete.saw.contains(&other.name)
                || (deletes(other) && other.change.patch.len() == 1)
        };
        deletes(delete) && is_head && counting.iter().all(says_nothing_new)
    });
    assert_eq!(entity.is_deleted(), is_deleted);
}

proptest! {
    #[test]
    fn shows_what_the_slow_rules_say(log in log()) {
        let view = view_of(&log.told());
        let facts = facts(&log);
        let mut hidden = 0;
        for id in (0..3).map(|id| EntityId([id; 16])) {
            let its: Vec<&Fact> = facts.iter().filter(|fact| fact.change.entity == id).collect();
            match (view.get(id), begin_of(&its)) {
                (Some(entity), Some(begin)) => check(entity, &its, begin),
                (None, None) => hidden += usize::from(!its.is_empty()),
                (shown, begin) => prop_assert!(false, "{} {}", shown.is_some(), begin.is_some()),
            }
        }
        prop_assert_eq!(view.hidden(), hidden);
    }
}
