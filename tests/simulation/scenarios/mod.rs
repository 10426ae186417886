//! Single mishaps, each by itself: what chaos does at random, told one at a time.

mod beginning;
mod clocks;
mod edits;
mod epochs;
mod erasing;
mod full;
mod late;
mod lies;
mod removal;
mod restores;
mod safe;

use crate::world::World;

/// A family at rest: these phones have come in, the others are away.
pub(crate) fn family(phones: &[usize]) -> World {
    let mut world = World::new(7, 5, false);
    for phone in 0..5 {
        world.phones[phone].is_away = !phones.contains(&phone);
    }
    world.tell(0);
    world.phones[0].connect();
    world.come_to_rest();
    world
}
