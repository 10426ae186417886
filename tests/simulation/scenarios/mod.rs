//! Single mishaps, each by itself: what chaos does at random, told one at a time.

mod erasing;

use crate::world::World;

/// A family whose phones have all come in and are at rest.
fn family(phones: u8) -> World {
    let mut world = World::new(7, phones, false);
    world.tell(0);
    world.phones[0].connect();
    world.come_to_rest();
    world
}
