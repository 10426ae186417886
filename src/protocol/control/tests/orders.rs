//! Entries in any order give no power to who had none.

use super::*;
use proptest::prelude::*;

/// What anybody might try.
fn any_attempt() -> impl Strategy<Value = (u8, u8, u8, u8)> {
    // Signer, what, on whom, and with no advance, one before it or one after it.
    // People and devices from 100 on are those that earlier attempts may have added.
    let anybody = prop_oneof![1..8u8, 100..112u8];
    (anybody.clone(), 0..10u8, anybody, 0..3u8)
}

fn attempt(world: &World, what: u8, whom: u8, advance: u8, fresh: u8) -> Vec<Act> {
    let mut acts = match what {
        0 => vec![member(fresh, rights(true, vec![right(1, 1, true)]))],
        1 => vec![changed(whom, rights(true, vec![right(1, 1, true)]), vec![])],
        2 => vec![removed(whom, vec![])],
        3 => vec![added_device(fresh)],
        4 => vec![recovery(fresh)],
        5 => vec![removed_device(whom, vec![])],
        6 => vec![changed(whom, rights(false, vec![]), vec![])],
        7 => vec![changed(
            whom,
            rights(false, vec![right(1, 1, false)]),
            vec![],
        )],
        8 => vec![Act::Arrived(Arrived {})],
        _ => vec![world.stream_added(whom)],
    };
    match advance {
        0 => {}
        1 => acts.insert(0, world.advanced(1)),
        _ => acts.push(world.advanced(1)),
    }
    acts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn power_comes_only_from_who_has_it(attempts in prop::collection::vec(any_attempt(), 1..24)) {
        let mut world = World::peopled();
        for (step, (signer, what, whom, advance)) in attempts.into_iter().enumerate() {
            let fresh = 100 + u8::try_from(step).unwrap();
            let before = world.circle.clone();
            let entry = world.sign(signer, attempt(&world, what, whom, advance, fresh));
            let signer = device(signer).id();
            if world.circle.apply(&entry).is_err() {
                prop_assert_eq!(&world.circle, &before);
                continue;
            }
            world.entries.push(entry);
            prop_assert!(before.is_active(&signer));
            let person = before.person(&signer).unwrap();
            let managed = before.members().any(|(id, rights)| id == person && rights.manage);
            let now: Vec<_> = world.circle.members().collect();
            let then: Vec<_> = before.members().collect();
            if !managed {
                // Rights are what they were, but for the signer's own leaving.
                for (id, rights) in &now {
                    prop_assert!(then.contains(&(*id, rights)));
                }
                for (id, _) in &then {
                    prop_assert!(*id == person || now.iter().any(|(kept, _)| kept == id));
                }
            }
            // Somebody can always manage.
            prop_assert!(now.iter().any(|(_, rights)| rights.manage));
            // Whoever lost the stream is shut out at once, or the epoch is due.
            let readers = |circle: &Circle| -> Vec<_> {
                (0..=255u8).map(device_id)
                    .filter(|id| circle.entitlement(id).iter().any(|(id, _)| *id == stream(1)))
                    .collect()
            };
            let kept = readers(&world.circle);
            if readers(&before).iter().any(|id| !kept.contains(id)) {
                // A key made by who is shut out shuts nobody out.
                let advanced = world.circle.epoch(&stream(1)) > before.epoch(&stream(1))
                    && kept.contains(&signer);
                prop_assert!(advanced || world.circle.is_due(&stream(1)));
            }
        }
        prop_assert_eq!(Circle::from_entries(&world.entries), Ok(world.circle));
    }
}

fn device_id(number: u8) -> crate::DeviceId {
    thread_local! {
        static IDS: Vec<crate::DeviceId> = (0..=255).map(|number| device(number).id()).collect();
    }
    IDS.with(|ids| ids[usize::from(number)])
}
