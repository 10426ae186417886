//! Order, signatures, versions.

use super::*;

#[test]
fn the_same_entries_give_the_same_circle_and_twice_does_no_harm() {
    let world = World::peopled();
    let mut again = Circle::from_entries(&world.entries).unwrap();
    assert_eq!(again, world.circle);
    for entry in &world.entries {
        assert_eq!(again.apply(entry), Ok(Applied::Known));
    }
    assert_eq!(again, world.circle);
}

#[test]
fn the_loser_of_a_race_is_told_the_head_and_signs_again() {
    let mut world = World::peopled();
    let late = world.sign(4, vec![member(8, rights(false, vec![]))]);
    let next = world.sign(
        2,
        vec![Act::Unknown {
            number: 99,
            is_critical: false,
            fields: Fields::new(),
        }],
    );
    world.add(1, vec![member(9, rights(false, vec![]))]);
    // The server compares and appends, so these never get in; shown to a client they are proof.
    assert_eq!(
        world.circle.apply(&late),
        Err(ControlError::TwoHistories(6))
    );
    assert_eq!(
        world.circle.apply(&next),
        Err(ControlError::TwoHistories(6))
    );
    let ahead = EntryDraft {
        seq: 9,
        prev: world.circle.head().hash,
        signer: device(1).id(),
        acts: vec![world.advanced(1)],
    }
    .sign(&device(1).signer);
    let head = world.circle.head();
    assert_eq!(
        world.circle.apply(&ahead),
        Err(ControlError::WrongPlace(head))
    );
}

#[test]
fn an_entry_that_follows_another_history_is_not_taken() {
    let world = World::peopled();
    let head = world.circle.head();
    let forked = EntryDraft {
        seq: head.seq + 1,
        prev: Hash([9; 32]),
        signer: device(1).id(),
        acts: vec![world.advanced(1)],
    }
    .sign(&device(1).signer);
    let mut circle = world.circle;
    assert_eq!(circle.apply(&forked), Err(ControlError::WrongPlace(head)));
}

#[test]
fn an_unknown_act_is_stepped_over_or_stops_the_writing() {
    let mut world = World::peopled();
    let unknown = |is_critical| Act::Unknown {
        number: 99,
        is_critical,
        fields: Fields::from([(1, crate::Value::Int(5))]),
    };
    world.add(2, vec![unknown(false), added_device(20)]);
    assert!(world.circle.is_active(&device(20).id()));
    let before = world.authorship(2, 1);
    let stopped = world.try_add(1, vec![unknown(true), added_device(10)]);
    assert_eq!(stopped, Ok(Applied::NotUnderstood));
    assert_eq!(world.circle.standing(), Standing::UpdateNeeded);
    assert!(!world.circle.is_active(&device(10).id()));
    // What follows is chained and kept; what came before still counts.
    let after = world.try_add(10, vec![world.advanced(1)]);
    assert_eq!(after, Ok(Applied::NotUnderstood));
    assert_eq!(world.circle.head().seq, 8);
    assert_eq!(world.circle.check_authorship(&before), Ok(()));
    assert_eq!(
        world.circle.check_append(&before),
        Err(AuthorshipError::Closed)
    );
    let named = world.authorship(2, 2);
    assert_eq!(
        world.circle.check_authorship(&named),
        Err(AuthorshipError::NotYet(8))
    );
}

#[test]
fn an_entry_of_a_later_version_is_chained_and_stops_the_writing() {
    let mut world = World::peopled();
    let head = world.circle.head();
    let later = crate::sample::later_entry(&head, 1);
    assert_eq!(world.circle.apply(&later), Ok(Applied::NotUnderstood));
    assert_eq!(world.circle.standing(), Standing::UpdateNeeded);
    assert_eq!(world.circle.head().seq, head.seq + 1);
    let forged = crate::sample::later_entry(&world.circle.head(), 99);
    let mut fresh = World::founded();
    assert!(fresh.circle.apply(&forged).is_err());
    let first = crate::sample::later_entry(&ControlHead::START, 1);
    assert_eq!(
        Circle::default().apply(&first),
        Err(ControlError::Form(FormError::Later(2)))
    );
}

#[test]
fn nobody_signs_for_another() {
    let world = World::peopled();
    let draft = EntryDraft {
        seq: world.circle.head().seq + 1,
        prev: world.circle.head().hash,
        signer: device(1).id(),
        acts: vec![member(9, rights(true, vec![]))],
    };
    for thief in [2, 3, 4, 9] {
        let entry = draft.sign(&device(thief).signer);
        let applied = world.circle.clone().apply(&entry);
        assert_eq!(applied, Err(ControlError::BadSignature));
    }
}

#[test]
fn any_damage_to_an_entry_is_noticed() {
    let world = World::founded();
    let acts = vec![
        member(2, rights(false, vec![right(1, 1, true)])),
        recovery(21),
        world.advanced(1),
    ];
    let entry = world.sign(1, acts);
    assert!(world.circle.clone().apply(&entry).is_ok());
    for bytes in damaged(&entry.encode()) {
        let Ok(damaged) = SignedEntry::decode(&bytes) else {
            continue;
        };
        assert!(
            world.circle.clone().apply(&damaged).is_err(),
            "{bytes:02x?}"
        );
    }
}

#[test]
fn genesis_stands_at_the_beginning_and_nowhere_else() {
    let world = World::founded();
    let genesis = Act::Genesis(Genesis {
        person: person(9),
        keys: device(9).keys(),
    });
    let refused = world.refusal(1, vec![genesis.clone()]);
    assert_eq!(refused, Some(RuleBroken::GenesisPlace));
    let empty = World {
        circle: Circle::default(),
        entries: vec![],
    };
    let twice = empty.refusal(9, vec![genesis.clone(), genesis.clone()]);
    assert_eq!(twice, Some(RuleBroken::GenesisPlace));
    let with_stream = vec![genesis.clone(), world.stream_added(1)];
    assert_eq!(empty.refusal(9, with_stream), Some(RuleBroken::BadEpoch));
    let other_signer = empty.sign(8, vec![genesis]);
    assert_eq!(
        Circle::default().apply(&other_signer),
        Err(ControlError::BadSignature)
    );
    let nothing = EntryDraft {
        seq: 0,
        prev: Hash::ZERO,
        signer: device(1).id(),
        acts: vec![member(2, rights(true, vec![]))],
    };
    let nothing = nothing.sign(&device(1).signer);
    assert!(Circle::default().apply(&nothing).is_err());
    let mut circle = world.circle;
    assert!(circle.apply(&nothing).is_err());
}

#[test]
fn nothing_follows_the_end_of_a_circle_not_even_what_is_not_understood() {
    let mut world = World::peopled();
    world.add(1, vec![Act::Ended(Ended {})]);
    let critical = Act::Unknown {
        number: 99,
        is_critical: true,
        fields: Fields::new(),
    };
    let later = crate::sample::later_entry(&world.circle.head(), 1);
    for entry in [later, world.sign(3, vec![critical])] {
        let refused = Err(ControlError::Rule(RuleBroken::CircleEnded));
        assert_eq!(world.circle.clone().apply(&entry), refused);
    }
}
