//! Who is removed loses nothing that was there, and gains nothing that comes.

use super::family;
use crate::family::Removal;

#[test]
fn a_removed_device_keeps_what_it_had_and_can_still_save() {
    let mut world = family(&[0, 1, 2]);
    world.tell_with_photo(2);
    world.come_to_rest();
    let before = world.phones[2].records();
    let device = world.phones[2].replica().me().device;
    world.removal = Some((1, Removal::Device(device)));
    world.phones[2].is_removed = true;
    // A flood while it is being removed.
    for _ in 0..5 {
        world.go_on_removing();
        world.tell(2);
        world.sync_once(2);
        world.sync_once(1);
    }
    world.come_to_rest();
    world.tell(0);
    world.come_to_rest();
    world.phones[2].restart();
    let mine = world.tell(2).unwrap();
    world.come_to_rest();
    assert!(world.phones[2].read(mine).is_some());
    let kept = world.phones[2].records();
    assert!(before.iter().all(|record| kept.contains(record)));
    world.check();
}

#[test]
fn a_removed_person_reads_nothing_that_is_written_after() {
    let mut world = family(&[0, 1, 3, 4]);
    let person = world.phones[3].replica().me().person;
    world.tell(4);
    world.come_to_rest();
    world.removal = Some((0, Removal::Person(person)));
    for phone in [3, 4] {
        world.phones[phone].is_removed = true;
    }
    world.come_to_rest();
    let later = world.tell(1).unwrap();
    world.come_to_rest();
    assert!(world.phones[3].read(later).is_none());
    world.check();
}
