//! What holds for every log.

use super::log::{Log, OWN, log, shuffle, view_of};
use super::*;
use crate::sync::merge::{Entity, SeenIndex, Version, has_seen};
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #[test]
    fn the_same_changes_give_the_same_view_in_every_order_and_told_twice(
        log in log(), seed: u64, again: u64
    ) {
        let told = log.told();
        let view = view_of(&told);
        let mut twice = told.clone();
        twice.extend(shuffle(told, again).into_iter().take(5));
        prop_assert_eq!(view_of(&shuffle(twice, seed)), view);
    }

    #[test]
    fn frames_that_come_in_any_order_give_the_same_view(log in log(), seed: u64) {
        prop_assert_eq!(receive(&log, seed), view_of(&log.told()));
    }

    #[test]
    fn rows_told_later_give_the_same_view(log in log(), seed: u64) {
        let mut view = View::new(rule);
        for (mut origin, change) in log.told() {
            origin.placed = None;
            view.apply(&origin, change.clone());
        }
        for frame in shuffle(log.frames.clone(), seed) {
            let Some(placed) = frame.placed else { continue };
            view.place(frame.stream, device(frame.device), frame.dev_seq, placed);
        }
        view.add_own_person(person(OWN));
        prop_assert_eq!(view, view_of(&log.told()));
    }

    #[test]
    fn a_forgotten_change_was_never_there(log in log(), seed: u64) {
        let told = shuffle(log.told(), seed);
        let (gone, left) = told.split_at(told.len() / 2);
        let mut view = view_of(&told);
        for (origin, _) in gone {
            view.forget_change(origin.name);
            prop_assert!(!view.has_change(origin.name));
        }
        prop_assert_eq!(view, view_of(left));
    }

    #[test]
    fn what_waited_and_was_framed_is_there_once(log in log()) {
        let is_framed = |told: &(Origin, Change)| matches!(told.0.name, Name::Framed { .. });
        let (mut after, waiting): (Vec<_>, Vec<_>) = log.told().into_iter().partition(is_framed);
        let mut view = view_of(after.iter().chain(&waiting));
        for (dev_seq, (origin, change)) in (50..).zip(waiting) {
            let Name::Waiting(old) = origin.name else { continue };
            let now = framed(OWN, dev_seq, &[], None);
            view.replace(old, &now, change.clone());
            after.push((now, change));
        }
        prop_assert_eq!(view, view_of(&after));
    }

    #[test]
    fn every_version_stays_readable(log in log()) {
        let told = log.told();
        for (id, entity) in view_of(&told).iter() {
            let its: Vec<_> = told.iter().filter(|(_, change)| change.entity == id).collect();
            prop_assert_eq!(entity.names().count(), its.len());
            for field in 0..8 {
                let given = its.iter().filter(|(_, change)| change.patch.contains_key(&field));
                let ignored = entity.ignored().filter(|change| change.value(field).is_some());
                let history = entity.history(field);
                prop_assert_eq!(history.len() + ignored.count(), given.count());
                let last = history.last().map(|version| (version.name, version.is_head));
                let shown = entity.heads(field).first().map(|head| (head.name, true));
                prop_assert_eq!(last, shown, "the shown one is the last");
            }
        }
    }

    #[test]
    fn a_version_is_buried_only_by_one_whose_author_had_seen_it(log in log()) {
        let told = log.told();
        let origins: BTreeMap<Name, &Origin> =
            told.iter().map(|(origin, _)| (origin.name, origin)).collect();
        for (_, entity) in view_of(&told).iter() {
            for field in 0..8 {
                let history = entity.history(field);
                for buried in history.iter().filter(|version| !version.is_head) {
                    let buries = |other: &Version<'_>| {
                        has_seen(origins[&other.name], origins[&buried.name])
                    };
                    prop_assert!(history.iter().any(buries));
                }
            }
        }
    }

    #[test]
    fn clocks_and_rows_decide_nothing_but_what_is_on_top(
        log in log(),
        times in prop::collection::vec((0..1u64 << 47, 1..90u64, 0..2 * NOW), 60)
    ) {
        let marked = log.told().into_iter().map(|(origin, mut change)| {
            change.patch.insert(BEGINS, Value::Bool(true));
            (origin, change)
        });
        let told: Vec<_> = marked.collect();
        let mut other = told.clone();
        for ((origin, change), (at, seq, received_at)) in other.iter_mut().zip(times) {
            change.hlc = Hlc::at(at);
            origin.placed = origin.placed.and(Some(Placed { seq, received_at }));
        }
        let (one, other) = (everyones(&told), everyones(&other));
        for ((_, one), (_, other)) in one.iter().zip(other.iter()) {
            prop_assert_eq!(one.is_deleted(), other.is_deleted());
            prop_assert_eq!(one.conflicts(), other.conflicts());
            for field in 0..8 {
                prop_assert_eq!(names_of_heads(one, field), names_of_heads(other, field));
            }
        }
    }

    #[test]
    fn no_vector_changes_unannounced(log in log(), seed: u64) {
        let mut indexes = BTreeMap::new();
        let mut known = Vec::new();
        for frame in shuffle(log.frames, seed) {
            let must_rebuild = frame.add_to(&mut indexes);
            known.push((frame, None));
            for (frame, seen) in &mut known {
                let index: &mut SeenIndex = indexes.get_mut(&frame.stream).unwrap();
                let now = index.vector(device(frame.device), frame.dev_seq);
                prop_assert!(must_rebuild || seen.is_none() || now == *seen);
                *seen = now;
            }
        }
    }
}

/// What a phone shows that gets frames in this order and builds its view again when told to.
fn receive(log: &Log, seed: u64) -> View {
    let mut index = BTreeMap::new();
    let mut view = view_of(&[]);
    let mut here = Vec::new();
    for frame in shuffle(log.frames.iter().collect(), seed) {
        here.push(frame);
        let mut news = vec![frame];
        if frame.add_to(&mut index) {
            view = view_of(&[]);
            news.clone_from(&here);
        }
        for (origin, change) in news.iter().flat_map(|frame| frame.told(&mut index)) {
            view.apply(&origin, change.clone());
        }
    }
    for (origin, change) in log.told_waiting() {
        view.apply(&origin, change.clone());
    }
    view
}

fn everyones(told: &[(Origin, Change)]) -> View {
    let mut view = View::new(|_| Rule::Everyone);
    told.iter()
        .for_each(|(origin, change)| view.apply(origin, change.clone()));
    view
}

fn names_of_heads(entity: &Entity, field: u64) -> Vec<Name> {
    let mut names: Vec<Name> = entity.heads(field).iter().map(|head| head.name).collect();
    names.sort();
    names
}
