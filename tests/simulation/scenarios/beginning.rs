//! Coming in when things are not as they should be.

use super::family;
use crate::surroundings::YEAR;
use crate::world::World;

#[test]
fn a_phone_that_joins_with_a_clock_ten_years_back_comes_in() {
    let mut world = family(&[0, 1]);
    world.phones[3].surroundings.ahead.set(-10 * YEAR);
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.tell(3);
    world.come_to_rest();
    world.check();
}

#[test]
fn who_invites_before_there_is_a_server_is_understood_by_it_all_the_same() {
    let mut world = World::new(7, 2, false);
    world.tell(0);
    world.invite(1);
    world.let_in(1);
    world.phones[0].connect();
    world.come_to_rest();
    world.check();
}

#[test]
fn what_was_told_before_coming_in_comes_along() {
    let mut world = World::new(7, 5, false);
    for phone in 0..5 {
        world.tell_with_photo(phone);
        world.tell(phone);
    }
    world.phones[0].connect();
    world.come_to_rest();
    world.check();
    assert_eq!(world.phones[4].records().len(), 10);
}
