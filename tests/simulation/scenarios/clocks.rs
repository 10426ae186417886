//! A wrong clock hides nothing and misleads nobody.

use super::family;
use crate::surroundings::{MINUTE, YEAR};
use hearth_core::record::WORDS;

#[test]
fn a_phone_set_to_another_decade_wins_no_argument_and_teaches_nobody_its_time() {
    let mut world = family(&[0, 1]);
    let record = world.phones[0].records()[0];
    world.phones[1].surroundings.ahead.set(10 * YEAR);
    world.edit(1, record, WORDS);
    world.talk(1);
    world.wait(10 * MINUTE as u64);
    // Without having heard of the other edit, and ten minutes after it came.
    world.edit(0, record, WORDS);
    world.come_to_rest();
    let shown = world.phones[1].read(record).unwrap();
    let told = world.phones[0].vault.view().get(record).unwrap();
    let heads = told.heads(WORDS);
    assert_eq!(heads.len(), 2, "one edit is hidden");
    assert_eq!(
        shown.fields.get(&WORDS).map(String::as_str),
        heads[0].value.as_text()
    );
    assert!(heads[0].hlc < heads[1].hlc, "the wrong clock is on top");
    let later = world.tell(0).unwrap();
    let written = world.phones[0].read(later).unwrap().written;
    assert!(written < world.now.get() + 6 * MINUTE as u64);
    world.come_to_rest();
    world.check();
}
