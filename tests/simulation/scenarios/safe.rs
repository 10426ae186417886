//! "Safe", and who can see it: true only of who has the keys, and only where every part is.

use super::family;
use crate::family::Removal;
use crate::world::World;
use hearth_core::EntityId;
use hearth_core::circle::Whereabouts;
use hearth_core::messages::{Request, Response};
use hearth_core::record::WORDS;
use hearth_core::vault::PART_LIMIT;
use hearth_protocol::exchange::Endpoint;

const PASSPHRASE: &str = "seven grey geese walk home";

fn is_at(world: &mut World, phone: usize, record: EntityId) -> Whereabouts {
    world.phones[phone].read(record).unwrap().whereabouts
}

fn count_readers(world: &mut World, phone: usize, record: EntityId) -> usize {
    world.phones[phone].read(record).unwrap().readers.len()
}

#[test]
fn who_reads_from_now_on_makes_no_older_story_safe_and_does_not_see_it() {
    let mut world = family(&[0]);
    world.reads_all = false;
    let (old, edited) = (world.tell(0).unwrap(), world.tell(0).unwrap());
    world.come_to_rest();
    assert_eq!(is_at(&mut world, 0, old), Whereabouts::SentOnlyHere);
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.edit(0, edited, WORDS);
    let new = world.tell(0).unwrap();
    assert_eq!(is_at(&mut world, 0, new), Whereabouts::Waiting);
    assert_eq!(count_readers(&mut world, 0, new), 2, "who will read it");
    world.come_to_rest();
    for restarted in [false, true] {
        if restarted {
            world.phones[0].restart();
        }
        for older in [old, edited] {
            assert_eq!(is_at(&mut world, 0, older), Whereabouts::SentOnlyHere);
            assert_eq!(count_readers(&mut world, 0, older), 1);
        }
        assert_eq!(is_at(&mut world, 0, new), Whereabouts::Safe);
        assert_eq!(count_readers(&mut world, 0, new), 2);
    }
    assert_eq!(is_at(&mut world, 3, new), Whereabouts::Safe);
    // Another phone of one's own reads everything.
    world.phones[1].is_away = false;
    world.come_to_rest();
    assert_eq!(is_at(&mut world, 0, old), Whereabouts::Safe);
    assert_eq!(count_readers(&mut world, 0, old), 1);
}

#[test]
fn somebody_elses_story_is_not_safe_while_its_photo_is_on_their_phone_only() {
    let mut world = family(&[0, 3]);
    let told = world.tell_with_photo(0).unwrap();
    world.phones[0].vault.look_for_news();
    loop {
        let call = pollster::block_on(world.phones[0].vault.next_call());
        let call = call.unwrap().unwrap();
        if call.endpoint == Endpoint::BlobPut {
            world.phones[0].vault.hang_up();
            break;
        }
        let reply = world.ask(&call);
        world.reply(0, call.number, reply);
    }
    assert_eq!(is_at(&mut world, 0, told), Whereabouts::Waiting);
    world.talk(3);
    assert_eq!(is_at(&mut world, 3, told), Whereabouts::Arriving);
    let circle = match world.phones[3].try_ask(Request::Circle) {
        Ok(Response::Circle(circle)) => circle,
        other => panic!("{other:?}"),
    };
    assert_eq!((circle.sync.unsent, circle.sync.unsent_photos), (0, 0));
    world.come_to_rest();
    for phone in [0, 3] {
        assert_eq!(is_at(&mut world, phone, told), Whereabouts::Safe);
    }
}

#[test]
fn a_backup_makes_safe_what_it_has_the_keys_of_and_nothing_later() {
    let mut world = family(&[0]);
    let old = world.tell(0).unwrap();
    world.come_to_rest();
    let backup = world.phones[0].vault.back_up(PASSPHRASE, PART_LIMIT);
    assert_eq!(pollster::block_on(backup).unwrap().len(), 1);
    assert_eq!(is_at(&mut world, 0, old), Whereabouts::Safe);
    world.phones[3].is_away = false;
    world.come_to_rest();
    let person = world.phones[3].replica().me().person;
    world.removal = Some((0, Removal::Person(person)));
    world.phones[3].is_removed = true;
    world.come_to_rest();
    world.phones[3].is_away = true;
    let new = world.tell(0).unwrap();
    world.come_to_rest();
    assert_eq!(is_at(&mut world, 0, old), Whereabouts::Safe);
    assert_eq!(is_at(&mut world, 0, new), Whereabouts::SentOnlyHere);
}

#[test]
fn what_only_somebody_who_stays_away_was_let_in_to_read_is_not_safe_and_is_lost_with_the_phone() {
    let mut world = family(&[0]);
    let told = world.tell(0).unwrap();
    world.come_to_rest();
    world.invite(3);
    world.let_in(3);
    world.talk(0);
    assert!(world.is_awaited(3));
    assert_eq!(is_at(&mut world, 0, told), Whereabouts::SentOnlyHere);
    world.check_outlives(0);
    assert_eq!(world.counts.safe, 0);
    world.phones[3].is_away = false;
    world.come_to_rest();
    assert_eq!(is_at(&mut world, 0, told), Whereabouts::Safe);
    world.check_outlives(0);
    assert!(world.counts.safe > 0);
}
