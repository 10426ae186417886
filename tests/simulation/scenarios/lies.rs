//! An answer in which one bit is another one: nothing falls over, nothing wrong is shown, and
//! the right answer mends it.

use super::family;
use crate::checks::assert_same;
use crate::dump::dump;
use crate::phone::Phone;
use crate::world::World;
use hearth_core::vault::Reply;
use std::collections::BTreeSet;

/// Every so many bytes: a number that meets every bit and, over the runs, every field.
const STEP: usize = 13;

#[test]
fn a_flipped_bit_of_an_answer_shows_nothing_wrong_and_is_mended() {
    let mut world = family(&[0, 1]);
    let record = world.tell(0).unwrap();
    world.edit(0, record, 18);
    world.come_to_rest_of(&[0]);
    world.tell(1);
    // Framed and not sent: copies of a phone must not give two frames one number.
    pollster::block_on(world.phones[1].vault.next_call()).unwrap();
    let mut right = world.phones[1].copy();
    let length = answer_of(&mut world, &mut right, |_| {});
    settle(&mut world, &mut right);
    let right = dump(&mut right);
    let promised = world
        .promises
        .made
        .iter()
        .map(|promise| promise.value.clone());
    let promised: BTreeSet<String> = promised.collect();
    for (turn, place) in (0..length).step_by(STEP).enumerate() {
        let mut phone = world.phones[1].copy();
        answer_of(&mut world, &mut phone, |body| {
            body[place] ^= 1 << (turn % 8);
        });
        for (_, versions) in dump(&mut phone).versions {
            let texts = versions
                .iter()
                .filter(|version| version.value.starts_with("Text"));
            let mut wrong = texts.filter(|version| !promised.contains(&version.value));
            assert_eq!(wrong.next(), None, "byte {place} shows what nobody wrote");
        }
        phone.restart();
        settle(&mut world, &mut phone);
        assert_same(&right, &dump(&mut phone), &format!("byte {place}"));
    }
}

/// One exchange whose answer is changed on its way. How long it was.
fn answer_of(world: &mut World, phone: &mut Phone, change: impl FnOnce(&mut Vec<u8>)) -> usize {
    phone.vault.look_for_news();
    let call = pollster::block_on(phone.vault.next_call())
        .unwrap()
        .unwrap();
    let Reply::Answered { status, mut body } = world.ask(&call) else {
        panic!("no answer");
    };
    let length = body.len();
    change(&mut body);
    let reply = Reply::Answered { status, body };
    pollster::block_on(phone.vault.take_reply(call.number, reply)).unwrap();
    length
}

fn settle(world: &mut World, phone: &mut Phone) {
    phone.vault.look_for_news();
    for _ in 0..50 {
        let Some(call) = pollster::block_on(phone.vault.next_call()).unwrap() else {
            return;
        };
        let reply = world.ask(&call);
        pollster::block_on(phone.vault.take_reply(call.number, reply)).unwrap();
    }
    panic!("it does not settle");
}
