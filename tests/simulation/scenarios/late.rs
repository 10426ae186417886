//! Who reads from now on, and a server that went back: neither loses the other anything.

use super::family;
use crate::world::World;

/// Phones 0 and 1 read everything, phone 3 from now on; all at rest.
fn family_with_late_reader() -> World {
    let mut world = family(&[0, 1]);
    world.reads_all = false;
    world.tell(1);
    world.come_to_rest();
    world.phones[3].is_away = false;
    world.come_to_rest();
    world
}

#[test]
fn who_reads_from_now_on_and_finds_an_empty_server_reads_on_once_it_was_told() {
    let mut world = family_with_late_reader();
    world.tell(0);
    world.come_to_rest();
    world.server.wipe();
    // It has nothing that may be told before somebody has told what came before.
    world.come_to_rest_of(&[3]);
    world.phones[4].is_away = false;
    world.come_to_rest();
    let told = world.tell(1).unwrap();
    world.come_to_rest();
    assert!(world.phones[3].read(told).is_some() && world.phones[4].read(told).is_some());
    world.check();
}

#[test]
fn what_only_who_reads_from_now_on_has_is_told_once_the_gap_before_it_is_filled() {
    for is_restarted in [false, true] {
        let mut world = family_with_late_reader();
        let only = world.tell(1).unwrap();
        world.come_to_rest_of(&[1]);
        world.come_to_rest_of(&[3]);
        // The phone that wrote it is lost, and nobody else has it.
        world.phones[1].is_away = true;
        world.server.wipe();
        world.come_to_rest_of(&[3]);
        if is_restarted {
            world.phones[3].restart();
        }
        world.come_to_rest();
        assert!(world.phones[0].read(only).is_some(), "{is_restarted}");
        world.check();
    }
}

#[test]
fn who_waits_for_somebody_to_fill_a_gap_still_sends_what_it_writes() {
    let mut world = family_with_late_reader();
    world.tell(1);
    world.come_to_rest();
    world.server.wipe();
    world.come_to_rest_of(&[3]);
    world.tell(3);
    world.come_to_rest_of(&[3]);
    assert_eq!(world.phones[3].vault.sync_state().unsent, 0);
    world.come_to_rest();
    world.check();
}

#[test]
fn a_key_that_only_the_server_was_told_outlives_its_database() {
    let mut world = World::new(7, 5, true);
    world.reads_all = false;
    for phone in [1, 2, 4] {
        world.phones[phone].is_away = true;
    }
    world.phones[3].is_away = true;
    world.tell(0);
    world.phones[0].connect();
    world.come_to_rest();
    world.server.back_up();
    // The entry that brings somebody in begins a key, and the answer to it is lost.
    world.invite(3);
    world.let_in(3);
    let call = pollster::block_on(world.phones[0].vault.next_call());
    let call = call.unwrap().unwrap();
    world.ask(&call);
    world.phones[0].vault.hang_up();
    world.server.restore();
    world.phones[0].restart();
    world.phones[3].is_away = false;
    world.come_to_rest();
    let told = world.tell(0).unwrap();
    world.come_to_rest();
    assert!(world.phones[3].read(told).is_some());
    world.check();
}
