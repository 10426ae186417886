use super::*;
use crate::sample::*;

fn two_keys() -> Vec<(StreamId, u64, Key)> {
    vec![(stream(1), 1, key(1, 1)), (stream(1), 2, key(1, 2))]
}

fn world() -> World {
    let mut world = World::peopled();
    world.add(1, vec![world.advanced(1)]);
    world
}

#[test]
fn a_grant_opens_for_its_device_and_for_nobody_else() {
    let world = world();
    let grant = Grant::seal(&world.id(), &device(2).keys(), &two_keys(), [5; 32]).unwrap();
    let grant = Grant::from_bytes(&grant.encode()).unwrap();
    let opened = grant.open(&world.circle, &device(2).id(), &device(2).opener);
    assert_eq!(opened, Ok(two_keys()));
    let other = grant.open(&world.circle, &device(3).id(), &device(3).opener);
    assert!(other.is_err());
}

#[test]
fn a_wrong_key_is_left_out_and_the_right_ones_stay() {
    let world = world();
    let mut keys = two_keys();
    keys[1].2 = Key::new([0xee; 32]);
    keys.push((stream(1), 3, key(1, 3)));
    let grant = Grant::seal(&world.id(), &device(2).keys(), &keys, [5; 32]).unwrap();
    let opened = grant.open(&world.circle, &device(2).id(), &device(2).opener);
    assert_eq!(opened, Ok(vec![(stream(1), 1, key(1, 1))]));
}

#[test]
fn any_damage_to_a_grant_is_noticed() {
    let world = world();
    let grant = Grant::seal(&world.id(), &device(2).keys(), &two_keys(), [5; 32]).unwrap();
    for bytes in damaged(&grant.encode()) {
        let Ok(damaged) = Grant::from_bytes(&bytes) else {
            continue;
        };
        let to = device(2).id();
        let opened = damaged.open(&world.circle, &to, &device(2).opener);
        // Who it says it is for only sorts the mail.
        assert!(opened.is_err() || damaged.to != grant.to, "{bytes:02x?}");
    }
}

#[test]
fn a_commit_fits_one_key_in_one_place() {
    let circle = world().id();
    let commit = commit_to(&key(1, 1), &circle, &stream(1), 1);
    assert_eq!(commit, commit_to(&key(1, 1), &circle, &stream(1), 1));
    assert_ne!(commit, commit_to(&key(1, 2), &circle, &stream(1), 1));
    assert_ne!(commit, commit_to(&key(1, 1), &circle, &stream(2), 1));
    assert_ne!(commit, commit_to(&key(1, 1), &circle, &stream(1), 2));
}

#[test]
fn an_advance_comes_with_a_key_for_everybody_entitled() {
    let mut world = World::peopled();
    let owed = world.add(1, vec![removed(2, vec![]), world.advanced(1)]);
    let grant = |number| {
        let keys = [(stream(1), 2, key(1, 2))];
        Grant::seal(&world.id(), &device(number).keys(), &keys, [5; 32]).unwrap()
    };
    assert_eq!(still_owed(&owed, &[grant(1), grant(3)]), []);
    let left = still_owed(&owed, &[grant(1), grant(2)]);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].to, device(3).id());
}

#[test]
fn keys_stand_in_order_and_none_is_no_grant() {
    let circle = world().id();
    let seal =
        |keys: &[(StreamId, u64, Key)]| Grant::seal(&circle, &device(2).keys(), keys, [5; 32]);
    let mut keys = two_keys();
    keys.reverse();
    assert!(seal(&keys).is_err());
    assert!(seal(&[]).is_err());
}

#[test]
fn a_public_key_that_is_none_takes_no_secret() {
    let circle = world().id();
    let mut keys = device(2).keys();
    keys.sealing = [0; 32];
    assert!(Grant::seal(&circle, &keys, &two_keys(), [5; 32]).is_err());
}

#[test]
fn a_grant_without_its_keys_pays_no_debt() {
    let mut world = World::peopled();
    let owed = world.add(1, vec![removed(2, vec![]), world.advanced(1)]);
    let keys = [(stream(1), 2, key(1, 2))];
    let good = Grant::seal(&world.id(), &device(3).keys(), &keys, [5; 32]).unwrap();
    assert_eq!(still_owed(&owed, std::slice::from_ref(&good)).len(), 1);
    let mut short = good.clone();
    short.sealed.pop();
    let mut twice = good;
    twice.keys.push((stream(1), 2));
    assert_eq!(still_owed(&owed, &[short.clone(), twice.clone()]), owed);
    assert_eq!(Grant::from_bytes(&short.encode()), Err(FormError::Shape));
    assert_eq!(Grant::from_bytes(&twice.encode()), Err(FormError::Shape));
}
