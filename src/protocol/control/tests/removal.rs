//! Removals: cuts, advances, due epochs, and which keys have to come along.

use super::*;

#[test]
fn a_removal_advances_what_the_removed_and_the_signer_read() {
    let mut world = World::peopled();
    let bare = world.refusal(1, vec![removed(2, vec![])]);
    assert_eq!(bare, Some(RuleBroken::EpochNotAdvanced));
    let owed = world.add(1, vec![removed(2, vec![]), world.advanced(1)]);
    let to: Vec<_> = owed.iter().map(|debt| (debt.to, debt.epoch)).collect();
    let mut expected = vec![(device(1).id(), 2), (device(3).id(), 2)];
    expected.sort();
    assert_eq!(to, expected);
    assert!(world.circle.entitlement(&device(2).id()).is_empty());
    assert!(!world.circle.is_due(&stream(1)));
}

#[test]
fn where_the_signer_cannot_advance_the_epoch_is_due_for_the_next_writer() {
    // Somebody left.
    let mut world = World::peopled();
    world.add(3, vec![removed(3, vec![])]);
    assert!(world.circle.is_due(&stream(1)));
    world.add(2, vec![world.advanced(1)]);
    assert!(!world.circle.is_due(&stream(1)));
    // The manager does not read the stream.
    world.add(4, vec![removed(2, vec![])]);
    assert!(world.circle.is_due(&stream(1)));
}

#[test]
fn of_two_managers_who_remove_each_other_the_first_appended_wins() {
    let mut world = World::founded();
    world.add(1, vec![member(2, rights(true, vec![right(1, 1, true)]))]);
    let first = world.sign(1, vec![removed(2, vec![]), world.advanced(1)]);
    let second = world.sign(2, vec![removed(1, vec![]), world.advanced(1)]);
    let mut other = world.clone();
    assert!(world.circle.apply(&first).is_ok());
    assert_eq!(
        world.circle.apply(&second),
        Err(ControlError::TwoHistories(4))
    );
    assert!(other.circle.apply(&second).is_ok());
    // Signed again at the next place, it counts no more.
    let late = world.sign(2, vec![removed(1, vec![]), world.advanced(1)]);
    assert_eq!(world.circle.apply(&late), Err(ControlError::BadSignature));
}

#[test]
fn who_comes_later_reads_everything_or_from_now_on() {
    let mut world = World::founded();
    world.add(1, vec![world.advanced(1)]);
    let owed = world.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))]);
    assert_eq!(
        owed.iter().map(|debt| debt.epoch).collect::<Vec<_>>(),
        [1, 2]
    );
    let from_now = member(3, rights(false, vec![right(1, 3, false)]));
    let owed = world.add(1, vec![world.advanced(1), from_now]);
    let third: Vec<_> = owed
        .iter()
        .filter(|debt| debt.to == device(3).id())
        .collect();
    assert_eq!(third.iter().map(|debt| debt.epoch).collect::<Vec<_>>(), [3]);
    assert_eq!(
        world.circle.entitlement(&device(3).id()),
        [(stream(1), 3..=3)]
    );
    // More can be granted later.
    let owed = world.add(
        1,
        vec![changed(3, rights(false, vec![right(1, 2, false)]), vec![])],
    );
    assert_eq!(owed.iter().map(|debt| debt.epoch).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_signer_owes_only_keys_that_it_has() {
    let mut world = World::peopled();
    let owed = world.add(4, vec![member(5, rights(false, vec![right(1, 1, true)]))]);
    assert!(owed.is_empty());
    assert_eq!(
        world.circle.entitlement(&device(5).id()),
        [(stream(1), 1..=1)]
    );
}

#[test]
fn a_cut_names_only_who_loses_writing_there() {
    let world = World::peopled();
    let advance = world.advanced(1);
    for cuts in [
        vec![cut(1, 1)],
        vec![cut(3, 1)],
        vec![cut(2, 0)],
        vec![cut(2, 1), cut(2, 2)],
    ] {
        let acts = vec![removed(2, cuts), advance.clone()];
        assert_eq!(world.refusal(1, acts), Some(RuleBroken::BadCut));
    }
    let acts = vec![removed(2, vec![cut(2, 5)]), advance];
    assert_eq!(world.refusal(1, acts), None);
}

#[test]
fn a_new_recovery_key_takes_the_place_of_the_old_one() {
    let mut world = World::peopled();
    world.add(2, vec![recovery(21)]);
    let bare = world.refusal(2, vec![recovery(22)]);
    assert_eq!(bare, Some(RuleBroken::EpochNotAdvanced));
    world.add(2, vec![recovery(22), world.advanced(1)]);
    assert!(!world.circle.is_active(&device(21).id()));
    assert_eq!(
        world.circle.entitlement(&device(22).id()),
        [(stream(1), 1..=2)]
    );
}

#[test]
fn a_server_can_hold_the_cuts_against_its_own_last_headers() {
    let mut world = World::peopled();
    let (two, three) = (device(2).id(), device(3).id());
    assert!(world.circle.may_remove(&device(4).id(), &two));
    assert!(world.circle.may_remove(&two, &two));
    assert!(!world.circle.may_remove(&three, &two));
    world.add(1, vec![removed(2, vec![cut(2, 5)]), world.advanced(1)]);
    assert_eq!(world.circle.cuts_made_at(6), [cut(2, 5)]);
    assert_eq!(world.circle.cuts_made_at(5), []);
    assert!(!world.circle.may_remove(&two, &two));
}

/// Who leaves may advance in the same entry, but then knows the new key.
#[test]
fn a_key_that_was_made_by_who_leaves_serves_nobody() {
    let mut world = World::peopled();
    world.add(2, vec![world.advanced(1), removed(2, vec![])]);
    assert!(world.circle.is_due(&stream(1)), "a person left");
    world.add(1, vec![world.advanced(1)]);
    assert!(!world.circle.is_due(&stream(1)));

    let mut world = World::peopled();
    world.add(2, vec![added_device(20)]);
    world.add(2, vec![world.advanced(1), removed_device(2, vec![])]);
    assert!(world.circle.is_due(&stream(1)), "a device left");

    let mut world = World::peopled();
    world.add(2, vec![recovery(21)]);
    world.add(21, vec![world.advanced(1), recovery(22)]);
    assert!(world.circle.is_due(&stream(1)), "a recovery key left");

    let mut world = World::peopled();
    let no_more = changed(1, rights(true, vec![]), vec![]);
    world.add(1, vec![world.advanced(1), no_more]);
    assert!(world.circle.is_due(&stream(1)), "a right was given up");
}

#[test]
fn who_stays_settles_a_removal_before_or_after_it() {
    let mut world = World::peopled();
    world.add(1, vec![world.advanced(1), removed(2, vec![])]);
    assert!(!world.circle.is_due(&stream(1)));
    let twice = vec![
        world.advanced(1),
        Act::EpochAdvanced(EpochAdvanced {
            stream: stream(1),
            epoch: 4,
            commit: Hash::ZERO,
        }),
    ];
    // One key for each stream is all that an entry can need.
    assert_eq!(world.refusal(1, twice), Some(RuleBroken::BadEpoch));
}
