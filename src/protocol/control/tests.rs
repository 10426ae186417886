use super::*;
use crate::form::{Fields, FormError};
use crate::id::Hash;
use crate::sample::*;

mod arriving;
mod authorship;
mod chain;
mod orders;
mod removal;

fn recovery(number: u8) -> Act {
    Act::RecoverySet(RecoverySet {
        keys: device(number).keys(),
        sealed_circle: None,
    })
}

fn added_device(number: u8) -> Act {
    Act::DeviceAdded(DeviceAdded {
        keys: device(number).keys(),
    })
}

fn removed_device(number: u8, cuts: Vec<Cut>) -> Act {
    Act::Removed(Removed {
        person: None,
        device: Some(device(number).id()),
        cuts,
    })
}

fn changed(number: u8, rights: Rights, cuts: Vec<Cut>) -> Act {
    Act::RightsChanged(RightsChanged {
        person: person(number),
        rights,
        cuts,
    })
}

#[test]
fn only_who_manages_changes_who_is_in() {
    let world = World::peopled();
    let everything = rights(true, vec![right(1, 1, true)]);
    for act in [
        member(9, everything.clone()),
        changed(2, everything, vec![]),
        removed(4, vec![]),
        world.stream_added(2),
        Act::Ended(Ended {}),
        Act::MinVersion(MinVersion { version: 1 }),
        Act::ServerSet(ServerSet {
            address: "https://elsewhere.example".into(),
            key: device(2).keys().signing,
        }),
    ] {
        for signer in [2, 3] {
            let refused = world.refusal(signer, vec![act.clone()]);
            assert_eq!(refused, Some(RuleBroken::NotManaging), "{act:?}");
        }
    }
}

#[test]
fn devices_and_recovery_keys_are_their_persons_own_business() {
    let mut world = World::peopled();
    world.add(2, vec![added_device(20), recovery(21)]);
    assert_eq!(world.circle.person(&device(20).id()), Some(person(2)));
    assert_eq!(world.circle.devices(&person(2)).count(), 2);
    // Not even a manager removes a device of somebody who stays.
    let refused = world.refusal(1, vec![removed_device(20, vec![]), world.advanced(1)]);
    assert_eq!(refused, Some(RuleBroken::NotTheirOwn));
    // The recovery key brings a new phone and removes the lost one, which nobody else can.
    world.add(
        21,
        vec![
            added_device(22),
            removed_device(20, vec![]),
            world.advanced(1),
        ],
    );
    assert!(!world.circle.is_active(&device(20).id()));
    assert_eq!(
        world.refusal(21, vec![member(9, rights(false, vec![]))]),
        Some(RuleBroken::NotManaging)
    );
}

#[test]
fn a_recovery_key_of_a_manager_manages_nobody() {
    let mut world = World::peopled();
    world.add(1, vec![recovery(21)]);
    let refused = world.refusal(21, vec![removed(3, vec![]), world.advanced(1)]);
    assert_eq!(refused, Some(RuleBroken::NotManaging));
}

#[test]
fn a_key_or_name_never_comes_twice() {
    let mut world = World::peopled();
    world.add(1, vec![removed(3, vec![]), world.advanced(1)]);
    let none = rights(false, vec![]);
    let refused = world.refusal(1, vec![member(3, none.clone())]);
    assert_eq!(refused, Some(RuleBroken::UsedBefore));
    let same_key = Act::MemberAdded(MemberAdded {
        person: person(30),
        rights: none,
        keys: device(3).keys(),
    });
    assert_eq!(
        world.refusal(1, vec![same_key]),
        Some(RuleBroken::UsedBefore)
    );
    let same_person = Act::MemberAdded(MemberAdded {
        person: person(3),
        rights: rights(true, vec![]),
        keys: device(30).keys(),
    });
    assert_eq!(
        world.refusal(1, vec![same_person]),
        Some(RuleBroken::UsedBefore)
    );
    assert_eq!(
        world.refusal(1, vec![world.stream_added(1)]),
        Some(RuleBroken::UsedBefore)
    );
}

#[test]
fn the_last_manager_names_another_or_ends_the_circle() {
    let mut world = World::founded();
    world.add(1, vec![member(2, rights(false, vec![right(1, 1, true)]))]);
    assert_eq!(
        world.refusal(1, vec![removed(1, vec![])]),
        Some(RuleBroken::LastManager)
    );
    let stepping_down = changed(1, rights(false, vec![right(1, 1, true)]), vec![]);
    assert_eq!(
        world.refusal(1, vec![stepping_down]),
        Some(RuleBroken::LastManager)
    );
    let named = changed(2, rights(true, vec![right(1, 1, true)]), vec![]);
    let mut other = world.clone();
    other.add(1, vec![named, removed(1, vec![])]);
    assert!(!other.circle.is_active(&device(1).id()));
    world.add(1, vec![Act::Ended(Ended {})]);
    assert_eq!(world.circle.standing(), Standing::Ended);
    let late = member(9, rights(false, vec![]));
    assert_eq!(world.refusal(1, vec![late]), Some(RuleBroken::CircleEnded));
}

#[test]
fn rights_name_streams_that_are_there_in_their_one_order() {
    let mut world = World::founded();
    world.add(1, vec![world.stream_added(2)]);
    for streams in [
        vec![right(3, 1, true)],
        vec![right(1, 2, true)],
        vec![right(1, 0, true)],
        vec![right(2, 1, true), right(1, 1, true)],
        vec![right(1, 1, true), right(1, 1, false)],
    ] {
        let refused = world.refusal(1, vec![member(2, rights(false, streams))]);
        assert_eq!(refused, Some(RuleBroken::BadRights));
    }
}

#[test]
fn an_epoch_is_advanced_one_by_one_by_who_writes_there() {
    let world = World::peopled();
    assert_eq!(world.refusal(2, vec![world.advanced(1)]), None);
    assert_eq!(
        world.refusal(3, vec![world.advanced(1)]),
        Some(RuleBroken::BadEpoch)
    );
    assert_eq!(
        world.refusal(4, vec![world.advanced(1)]),
        Some(RuleBroken::BadEpoch)
    );
    for epoch in [0, 1, 3] {
        let act = Act::EpochAdvanced(EpochAdvanced {
            stream: stream(1),
            epoch,
            commit: Hash::ZERO,
        });
        assert_eq!(world.refusal(1, vec![act]), Some(RuleBroken::BadEpoch));
    }
}

#[test]
fn the_least_version_only_rises_and_stops_an_older_app() {
    let mut world = World::founded();
    world.add(1, vec![Act::MinVersion(MinVersion { version: 1 })]);
    assert_eq!(world.circle.standing(), Standing::Open);
    world.add(1, vec![Act::MinVersion(MinVersion { version: 2 })]);
    assert_eq!(world.circle.standing(), Standing::UpdateNeeded);
    let lower = Act::MinVersion(MinVersion { version: 1 });
    assert_eq!(world.refusal(1, vec![lower]), Some(RuleBroken::BadDetail));
}

#[test]
fn a_circle_holds_so_many_people_and_streams() {
    let mut world = World::founded();
    for number in 2..=64 {
        world.add(1, vec![member(number, rights(false, vec![]))]);
    }
    let one_more = member(65, rights(false, vec![]));
    assert_eq!(world.refusal(1, vec![one_more]), Some(RuleBroken::TooMany));
    for number in 2..=32 {
        world.add(1, vec![world.stream_added(number)]);
    }
    assert_eq!(
        world.refusal(1, vec![world.stream_added(33)]),
        Some(RuleBroken::TooMany)
    );
}

#[test]
fn a_person_holds_so_many_keys_and_all_their_cuts_fit_the_entry_that_removes_them() {
    let mut world = World::founded();
    let mut streams = vec![right(1, 1, true)];
    for number in 2..=32 {
        world.add(1, vec![world.stream_added(number)]);
        streams.push(right(number, 1, true));
    }
    world.add(1, vec![member(100, rights(false, streams))]);
    for number in 101..116 {
        world.add(100, vec![added_device(number)]);
    }
    let refused = world.refusal(100, vec![added_device(116)]);
    assert_eq!(refused, Some(RuleBroken::TooMany));
    let cuts = (100..116).flat_map(|number| {
        (1..=32).map(move |of| Cut {
            stream: stream(of),
            dev_seq: u64::MAX / 4,
            ..cut(number, 1)
        })
    });
    let mut acts = vec![removed(100, cuts.collect())];
    acts.extend((1..=32).map(|number| world.advanced(number)));
    let entry = world.sign(1, acts);
    assert!(SignedEntry::decode(&entry.encode()).is_ok());
    assert!(world.circle.apply(&entry).is_ok());
}

#[test]
fn all_acts_of_an_entry_count_or_none() {
    let mut world = World::peopled();
    let before = world.circle.clone();
    let acts = vec![
        member(9, rights(false, vec![])),
        member(9, rights(false, vec![])),
    ];
    assert!(world.try_add(1, acts).is_err());
    assert_eq!(world.circle, before);
}

#[test]
fn an_ended_role_is_removed_by_a_manager_and_decides_nothing_itself() {
    let mut world = World::founded();
    let mut volunteer = rights(false, vec![right(1, 1, true)]);
    volunteer.ends = Some(1_000);
    world.add(1, vec![member(2, volunteer)]);
    assert_eq!(world.circle.ended_roles(999).count(), 0);
    assert_eq!(
        world.circle.ended_roles(1_000).collect::<Vec<_>>(),
        [person(2)]
    );
    assert_eq!(world.circle.check_append(&world.authorship(2, 1)), Ok(()));
}

/// Whoever advances an epoch has to seal its key to every device: one to which nothing can be
/// sealed would forbid every removal.
#[test]
fn a_key_to_which_nothing_can_be_sealed_is_none() {
    let world = World::peopled();
    let mut keys = device(20).keys();
    keys.sealing = [0; 32];
    let acts = [
        Act::DeviceAdded(DeviceAdded { keys: keys.clone() }),
        Act::RecoverySet(RecoverySet {
            keys: keys.clone(),
            sealed_circle: None,
        }),
        Act::MemberAdded(MemberAdded {
            person: person(20),
            rights: rights(false, vec![]),
            keys,
        }),
    ];
    for act in acts {
        assert_eq!(world.refusal(1, vec![act]), Some(RuleBroken::BadDetail));
    }
}
