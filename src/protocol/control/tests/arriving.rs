//! Who has come, and not only been let in.

use super::*;

fn arrived() -> Act {
    Act::Arrived(Arrived {})
}

#[test]
fn who_was_added_has_not_arrived_before_their_own_device_says_so() {
    let mut world = World::peopled();
    let has_arrived = |world: &World, number| world.circle.has_arrived(&device(number).id());
    assert!(has_arrived(&world, 1));
    world.add(2, vec![added_device(20)]);
    assert!(!has_arrived(&world, 2) && !has_arrived(&world, 20));
    world.add(2, vec![arrived()]);
    assert!(has_arrived(&world, 2));
    assert!(!has_arrived(&world, 20) && !has_arrived(&world, 3));
    // Who is gone is nobody to count on.
    world.add(20, vec![removed_device(2, vec![]), world.advanced(1)]);
    assert!(!has_arrived(&world, 2));
}

#[test]
fn only_a_device_arrives_and_once() {
    let mut world = World::peopled();
    world.add(2, vec![recovery(21)]);
    world.add(3, vec![arrived()]);
    for signer in [1, 3, 21] {
        let refused = world.refusal(signer, vec![arrived()]);
        assert_eq!(refused, Some(RuleBroken::NotArriving), "{signer}");
    }
    let twice = world.refusal(2, vec![arrived(), arrived()]);
    assert_eq!(twice, Some(RuleBroken::NotArriving));
    let entry = world.sign(9, vec![arrived()]);
    assert_eq!(world.circle.apply(&entry), Err(ControlError::BadSignature));
}

#[test]
fn who_arrives_gets_no_right_no_key_and_begins_no_epoch() {
    let mut world = World::peopled();
    let before = world.circle.clone();
    assert_eq!(world.add(3, vec![arrived()]), []);
    let of = |circle: &Circle| {
        let members: Vec<_> = circle.members().map(|(id, of)| (id, of.clone())).collect();
        let epoch = circle.epoch(&stream(1));
        (members, epoch, circle.entitlement(&device(3).id()))
    };
    assert_eq!(of(&before), of(&world.circle));
}
