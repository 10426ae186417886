//! Two edits at once are two edits.

use super::family;
use hearth_core::record::WORDS;

#[test]
fn what_two_phones_wrote_into_one_field_stands_on_both() {
    let mut world = family(&[0, 1, 3]);
    let record = world.phones[0].records()[0];
    world.edit(0, record, WORDS);
    world.edit(1, record, WORDS);
    world.come_to_rest();
    for phone in [0, 1, 3] {
        let entity = world.phones[phone].vault.view().get(record).unwrap();
        assert_eq!(entity.heads(WORDS).len(), 2);
        assert_eq!(entity.conflicts(), [WORDS]);
    }
    world.check();
    // Whoever has seen both and writes has said the last word.
    world.edit(1, record, WORDS);
    world.come_to_rest();
    let entity = world.phones[0].vault.view().get(record).unwrap();
    assert_eq!(
        (entity.heads(WORDS).len(), entity.history(WORDS).len()),
        (1, 4)
    );
    world.check();
}

#[test]
fn what_is_saved_while_an_answer_is_on_its_way_has_not_seen_it() {
    let mut world = family(&[0, 1]);
    let record = world.phones[0].records()[0];
    world.edit(0, record, WORDS);
    world.come_to_rest_of(&[0]);
    world.phones[1].vault.look_for_news();
    let call = pollster::block_on(world.phones[1].vault.next_call())
        .unwrap()
        .unwrap();
    let reply = world.ask(&call);
    world.edit(1, record, WORDS);
    world.reply(1, call.number, reply);
    world.come_to_rest();
    let entity = world.phones[0].vault.view().get(record).unwrap();
    assert_eq!(entity.heads(WORDS).len(), 2, "one edit is hidden");
    world.check();
}
