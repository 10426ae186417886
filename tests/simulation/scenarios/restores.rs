//! A server that went back is told again what it lacks, by whoever has it.

use super::family;
use hearth_core::record::WORDS;

#[test]
fn a_restored_server_filled_in_another_order_shows_a_new_phone_one_state() {
    let mut world = family(&[0, 1, 3]);
    let record = world.phones[0].records()[0];
    world.server.back_up();
    world.edit(0, record, WORDS);
    world.tell_with_photo(1);
    world.come_to_rest();
    world.edit(1, record, WORDS);
    world.edit(0, record, WORDS);
    world.tell(3);
    world.come_to_rest();
    world.server.restore();
    // The last one tells it first.
    for phone in [3, 1, 0] {
        world.tell(phone);
        world.talk(phone);
    }
    world.phones[4].is_away = false;
    world.come_to_rest();
    world.check();
    let entity = world.phones[4].vault.view().get(record).unwrap();
    assert_eq!(
        (entity.heads(WORDS).len(), entity.history(WORDS).len()),
        (2, 4)
    );
}

#[test]
fn a_wiped_server_has_everything_again_photos_as_well() {
    let mut world = family(&[0, 1, 2, 3, 4]);
    let photos = world.tell_with_photo(1).unwrap();
    world.tell(4);
    world.come_to_rest();
    world.server.wipe();
    world.come_to_rest();
    world.check();
    for phone in 0..5 {
        assert_eq!(world.phones[phone].read(photos).unwrap().photos.len(), 1);
    }
}

#[test]
fn a_dead_phones_frames_and_photos_come_from_another() {
    let mut world = family(&[0, 1]);
    let record = world.tell_with_photo(1).unwrap();
    world.come_to_rest();
    world.phones[1].is_away = true;
    world.server.wipe();
    world.come_to_rest();
    world.phones[3].is_away = false;
    world.come_to_rest();
    world.check();
    let shown = world.phones[3].read(record).unwrap();
    assert!(world.phones[3].blob(shown.photos[0].blob).is_some());
}

#[test]
fn a_server_that_goes_back_again_while_it_is_read_anew_loses_nothing() {
    let mut world = family(&[0, 1]);
    world.server.back_up();
    world.tell(1);
    world.come_to_rest();
    for _ in 0..3 {
        world.server.restore();
        // Compared and told, not read yet: then it goes back once more.
        world.phones[1].vault.look_for_news();
        for _ in 0..3 {
            world.sync_once(1);
        }
        world.phones[1].restart();
    }
    world.server.restore();
    world.come_to_rest();
    world.check();
}

#[test]
fn a_wiped_server_takes_a_circle_in_which_somebody_was_removed() {
    let mut world = family(&[0, 1, 2]);
    world.tell(2);
    world.come_to_rest();
    let device = world.phones[2].replica().me().device;
    world.removal = Some((0, crate::family::Removal::Device(device)));
    world.phones[2].is_removed = true;
    world.come_to_rest();
    world.phones[2].is_away = true;
    world.tell(1);
    world.come_to_rest();
    world.server.wipe();
    world.come_to_rest();
    world.check();
}
