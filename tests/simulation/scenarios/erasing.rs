//! What was ended for good is nowhere, and nothing brings it back.

use super::family;

#[test]
fn a_record_that_was_ended_is_nowhere() {
    let mut world = family(5);
    let record = world.tell(0).unwrap();
    world.edit(0, record, 18);
    world.come_to_rest();
    world.edit(1, record, 19);
    world.come_to_rest();
    world.delete(0, record);
    world.come_to_rest();
    assert!(world.end(0, record));
    world.come_to_rest();
    world.check();
}
