//! What was ended for good is nowhere, and nothing brings it back.

use super::family;
use crate::world::World;
use hearth_core::EntityId;
use hearth_core::vault::Reply;

/// The phone writes down what it would send, and nobody hears it.
fn frame_unheard(world: &mut World, phone: usize) {
    pollster::block_on(world.phones[phone].vault.next_call()).unwrap();
    world.phones[phone].vault.hang_up();
}

fn end_unheard(world: &mut World, phone: usize, record: EntityId) {
    world.delete(phone, record);
    assert!(world.end(phone, record));
    frame_unheard(world, phone);
}

#[test]
fn a_record_that_was_ended_is_nowhere() {
    let mut world = family(&[0, 1, 2, 3, 4]);
    let record = world.tell_with_photo(0).unwrap();
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

#[test]
fn one_of_sixty_four_goes_and_neither_an_old_phone_nor_an_old_server_brings_it_back() {
    let mut world = World::new(7, 2, false);
    world.phones[0].vault.frame_at_once(64);
    for _ in 0..64 {
        world.tell(0);
    }
    world.phones[0].connect();
    world.come_to_rest();
    let frames = world.read_ledgers().remove(0).frames;
    assert_eq!(frames.len(), 1, "they are not in one frame");
    world.server.back_up();
    world.phones[1].is_away = true;
    let record = world.phones[0].records()[17];
    world.delete(0, record);
    assert!(world.end(0, record));
    world.come_to_rest();
    world.check();
    world.phones[1].is_away = false;
    world.server.restore();
    world.come_to_rest();
    world.check();
    assert_eq!(world.phones[1].records().len(), 63);
}

#[test]
fn two_phones_that_end_two_records_of_one_frame_at_once_both_have_their_way() {
    let mut world = World::new(7, 3, false);
    let records = [world.tell(0).unwrap(), world.tell(0).unwrap()];
    world.phones[0].connect();
    world.come_to_rest();
    for (phone, record) in records.into_iter().enumerate() {
        world.delete(phone, record);
        assert!(world.end(phone, record));
    }
    world.come_to_rest();
    world.check();
    assert!(world.phones[2].records().is_empty());
}

#[test]
fn what_was_ended_before_it_was_sent_is_ended_although_the_epoch_changed() {
    let mut world = family(&[0, 1]);
    world.reads_all = false;
    let record = world.tell(1).unwrap();
    // Framed, and never sent.
    frame_unheard(&mut world, 1);
    end_unheard(&mut world, 1, record);
    world.phones[1].is_away = true;
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.phones[1].is_away = false;
    world.come_to_rest();
    world.phones[3].is_away = true;
    world.check();
}

#[test]
fn what_was_ended_while_the_server_seemed_to_have_lost_the_circle_is_ended_all_the_same() {
    let mut world = family(&[0, 1]);
    world.reads_all = false;
    let record = world.tell(1).unwrap();
    // Spoilt on its way, it is signed by nobody: the server knows no such circle.
    let call = pollster::block_on(world.phones[1].vault.next_call());
    let mut call = call.unwrap().unwrap();
    call.body.pop();
    let reply = world.ask(&call);
    assert!(matches!(reply, Reply::Answered { status: 404, .. }));
    world.reply(1, call.number, reply);
    end_unheard(&mut world, 1, record);
    world.phones[1].is_away = true;
    // The keys change before it is heard again.
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.phones[1].is_away = false;
    world.come_to_rest();
    world.check();
}

#[test]
fn what_was_ended_before_there_was_a_server_is_ended_although_the_keys_change_first() {
    let mut world = World::new(7, 4, false);
    world.reads_all = false;
    let record = world.tell(0).unwrap();
    world.tell(0);
    pollster::block_on(world.phones[0].vault.next_call()).unwrap();
    world.delete(0, record);
    assert!(world.end(0, record));
    pollster::block_on(world.phones[0].vault.next_call()).unwrap();
    world.invite(3);
    world.let_in(3);
    world.phones[0].connect();
    world.come_to_rest();
    world.check();
}

#[test]
fn what_was_ended_while_the_answer_to_its_sending_was_lost_does_not_come_back() {
    let mut world = family(&[0, 1]);
    let record = world.tell(1).unwrap();
    let call = pollster::block_on(world.phones[1].vault.next_call())
        .unwrap()
        .unwrap();
    world.ask(&call);
    world.phones[1].vault.hang_up();
    world.delete(1, record);
    assert!(world.end(1, record));
    world.come_to_rest();
    world.check();
}

#[test]
fn what_was_ended_before_coming_in_does_not_come_along() {
    let mut world = family(&[0]);
    let record = world.tell(1).unwrap();
    // Framed in the circle that the phone had for itself.
    pollster::block_on(world.phones[1].vault.next_call()).unwrap();
    world.delete(1, record);
    assert!(world.end(1, record));
    world.phones[1].is_away = false;
    world.come_to_rest();
    world.check();
}

#[test]
fn a_body_asked_for_while_the_server_has_the_old_one_again_is_asked_for_once_more() {
    let mut world = family(&[0, 1]);
    let record = world.tell(0).unwrap();
    world.come_to_rest();
    world.server.back_up();
    world.delete(0, record);
    assert!(world.end(0, record));
    world.come_to_rest_of(&[0]);
    // It hears of the ending, and the server goes back before it has asked for the body.
    world.phones[1].vault.look_for_news();
    world.sync_once(1);
    world.server.restore();
    world.come_to_rest_of(&[1]);
    world.come_to_rest();
    world.check();
}
