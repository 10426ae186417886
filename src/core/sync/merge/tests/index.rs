//! From claims to what was seen.

use super::*;
use crate::sync::merge::SeenIndex;
use hearth_protocol::frame::Seen;

fn claim(number: u8, dev_seq: u64, header: u8) -> Seen {
    Seen {
        device: device(number),
        dev_seq,
        header: hash(header).short(),
    }
}

fn vector<const N: usize>(seen: [(u8, u64); N]) -> SeenVector {
    seen.map(|(number, dev_seq)| (device(number), dev_seq))
        .into_iter()
        .collect()
}

#[test]
fn a_device_goes_on_from_what_it_had_seen() {
    let mut index = SeenIndex::default();
    index.add(device(1), 1, &hash(11), &[]);
    index.add(device(2), 1, &hash(21), &[claim(1, 1, 11)]);
    let next = index.add(device(2), 2, &hash(22), &[]);
    assert_eq!((*next.vector).clone(), vector([(1, 1)]));
    assert!(Rc::ptr_eq(
        &next.vector,
        &index.vector(device(2), 1).unwrap()
    ));
}

#[test]
fn a_claim_by_another_hash_or_of_nothing_counts_as_not_seen() {
    let mut index = SeenIndex::default();
    index.add(device(1), 1, &hash(11), &[]);
    let added = index.add(device(2), 1, &hash(21), &[claim(1, 1, 99), claim(3, 1, 31)]);
    assert_eq!(*added.vector, SeenVector::default());
    // Another frame under the claimed number does not make the claim true.
    assert!(!index.add(device(3), 1, &hash(32), &[]).must_rebuild);
}

#[test]
fn a_claimed_frame_that_comes_later_asks_to_build_again() {
    let mut index = SeenIndex::default();
    index.add(device(2), 1, &hash(21), &[claim(1, 2, 12)]);
    index.add(device(2), 2, &hash(22), &[]);
    assert!(!index.add(device(1), 1, &hash(11), &[]).must_rebuild);
    assert!(index.add(device(1), 2, &hash(12), &[]).must_rebuild);
    for dev_seq in [1, 2] {
        assert_eq!(*index.vector(device(2), dev_seq).unwrap(), vector([(1, 2)]));
    }
}

#[test]
fn the_same_frame_told_again_changes_nothing_and_another_of_its_number_is_not_taken() {
    let mut index = SeenIndex::default();
    index.add(device(1), 1, &hash(11), &[]);
    let first = index.add(device(2), 1, &hash(21), &[claim(1, 1, 11)]);
    assert_eq!(
        index.add(device(2), 1, &hash(21), &[claim(1, 1, 11)]),
        first
    );
    index.add(device(3), 1, &hash(31), &[]);
    let other = index.add(device(2), 1, &hash(99), &[claim(3, 1, 31)]);
    assert_eq!(other, first);
}

#[test]
fn claims_told_when_the_body_opens_count_from_then_on() {
    let mut index = SeenIndex::default();
    index.add(device(1), 1, &hash(11), &[]);
    index.add(device(3), 1, &hash(31), &[]);
    index.add(device(2), 1, &hash(21), &[]);
    let opened = index.add(device(2), 1, &hash(21), &[claim(3, 1, 31)]);
    assert!(opened.must_rebuild);
    index.add(device(2), 2, &hash(22), &[]);
    let opened = index.add(device(2), 1, &hash(21), &[claim(1, 1, 11)]);
    assert!(opened.must_rebuild);
    let seen = vector([(1, 1), (3, 1)]);
    assert_eq!(*index.vector(device(2), 2).unwrap(), seen);
}

#[test]
fn a_pack_head_says_what_moved_since_the_last_one() {
    let mut index = SeenIndex::default();
    assert_eq!(index.claims_of(device(0)), []);
    index.add(device(1), 1, &hash(11), &[]);
    index.add(device(2), 1, &hash(21), &[]);
    let claims = index.claims_of(device(0));
    assert_eq!(claims, [claim(1, 1, 11), claim(2, 1, 21)]);
    index.add(device(0), 1, &hash(1), &claims);
    assert_eq!(index.claims_of(device(0)), []);
    index.add(device(2), 2, &hash(22), &[]);
    assert_eq!(index.claims_of(device(0)), [claim(2, 2, 22)]);
}

#[test]
fn what_was_seen_is_never_unseen() {
    assert_eq!(vector([(1, 2), (1, 1)]).newest(device(1)), 2);
    let mut index = SeenIndex::default();
    index.add(device(1), 1, &hash(11), &[]);
    index.add(device(1), 2, &hash(12), &[]);
    index.add(device(2), 1, &hash(21), &[claim(1, 2, 12)]);
    let older = index.add(device(2), 2, &hash(22), &[claim(1, 1, 11)]);
    assert_eq!(*older.vector, vector([(1, 2)]));
}
