//! A server without room: nothing is lost, what comes still comes, and the screen says so.

use super::family;
use crate::surroundings::DAY;
use crate::world::World;
use hearth_core::EntityId;
use hearth_core::circle::{SyncTrouble, SyncView, Whereabouts};
use hearth_core::messages::{Request, Response};
use hearth_core::record::{RecordKind, WORDS};
use hearth_server::api::Settings;

/// Room for every frame of these tests, and not for a large photo or its thumbnail.
const SMALL_ROOM: u64 = 60_000;
const LARGE_PHOTO: usize = 150_000;

fn sync_of(world: &mut World, phone: usize) -> SyncView {
    match world.phones[phone].try_ask(Request::Circle) {
        Ok(Response::Circle(circle)) => circle.sync,
        other => panic!("{other:?}"),
    }
}

fn has_photo(world: &mut World, phone: usize, record: EntityId) -> bool {
    let record = world.phones[phone].read(record).unwrap();
    let mut files = record
        .photos
        .iter()
        .flat_map(|one| [one.blob, one.thumbnail]);
    files.all(|file| world.phones[phone].blob(file).is_some())
}

fn tell_with_large_photo(world: &mut World, phone: usize) -> EntityId {
    let draft = world.phones[phone].begin(RecordKind::Story);
    let content = vec![7; LARGE_PHOTO];
    let mut draft = world.phones[phone].add_photo(&draft, &content).unwrap();
    for file in [draft.photos[0].blob, draft.photos[0].thumbnail] {
        let bytes = world.phones[phone].blob(file).unwrap();
        world.promises.photos.insert(file, bytes);
    }
    draft.fields.insert(WORDS, world.promises.new_text());
    assert!(world.save(phone, &draft));
    draft.id
}

#[test]
fn a_photo_that_a_full_server_refuses_keeps_no_others_from_coming_and_goes_later() {
    let mut world = family(&[0, 3]);
    world.server.set_room(SMALL_ROOM);
    let theirs = world.tell_with_photo(3).unwrap();
    world.talk(3);
    let mine = tell_with_large_photo(&mut world, 0);
    world.talk(0);
    assert!(has_photo(&mut world, 0, theirs), "nothing came");
    let sync = sync_of(&mut world, 0);
    assert_eq!(
        (sync.trouble, sync.unsent_photos),
        (Some(SyncTrouble::ServerFull), 1)
    );
    let record = world.phones[0].read(mine).unwrap();
    assert_eq!(record.whereabouts, Whereabouts::Waiting);
    // It is not asked again at once, nor forgotten.
    world.server.set_room(Settings::default().circle_bytes);
    world.talk(0);
    assert_eq!(sync_of(&mut world, 0).unsent_photos, 1);
    assert!(world.phones[0].vault.wait_for_room().is_some());
    world.wait(61_000);
    world.talk(0);
    let sync = sync_of(&mut world, 0);
    assert_eq!((sync.trouble, sync.unsent_photos), (None, 0));
    assert_eq!(world.phones[0].vault.wait_for_room(), None);
    world.come_to_rest();
    assert!(has_photo(&mut world, 3, mine));
}

#[test]
fn a_full_server_is_waited_for_longer_each_time_unless_somebody_asks() {
    let mut world = family(&[0]);
    world.server.set_room(SMALL_ROOM);
    tell_with_large_photo(&mut world, 0);
    world.talk(0);
    let first = world.phones[0].vault.wait_for_room().unwrap();
    world.wait(first);
    world.talk(0);
    assert_eq!(world.phones[0].vault.wait_for_room(), Some(2 * first));
    world.server.set_room(Settings::default().circle_bytes);
    assert!(world.phones[0].try_ask(Request::LookForNews).is_ok());
    world.talk(0);
    assert_eq!(sync_of(&mut world, 0).trouble, None);
}

#[test]
fn words_that_a_full_server_refuses_wait_and_photos_of_others_come_meanwhile() {
    let mut world = family(&[0, 3]);
    let theirs = world.tell_with_photo(3).unwrap();
    world.talk(3);
    world.server.set_room(1);
    let mine = world.tell(0).unwrap();
    world.talk(0);
    // What the driver does when it has waited.
    for _ in 0..2 {
        assert!(world.sync_once(0) && !world.phones[0].must_wait);
    }
    assert!(has_photo(&mut world, 0, theirs), "nothing came");
    let sync = sync_of(&mut world, 0);
    assert_eq!(
        (sync.trouble, sync.unsent),
        (Some(SyncTrouble::ServerFull), 1)
    );
    world.phones[0].restart();
    world.talk(0);
    assert_eq!(
        sync_of(&mut world, 0).trouble,
        Some(SyncTrouble::ServerFull)
    );
    world.server.set_room(Settings::default().circle_bytes);
    world.come_to_rest();
    assert_eq!(sync_of(&mut world, 0).trouble, None);
    let record = world.phones[0].read(mine).unwrap();
    assert_eq!(record.whereabouts, Whereabouts::Safe);
    world.check();
}

#[test]
fn a_server_that_went_back_is_spoken_of_until_it_has_everything_again() {
    let mut world = family(&[0, 3]);
    world.server.back_up();
    world.tell_with_photo(0);
    world.come_to_rest();
    assert_eq!(sync_of(&mut world, 0).loss, None);
    world.server.restore();
    world.phones[0].vault.look_for_news();
    let mut is_said = false;
    for _ in 0..50 {
        world.sync_once(0);
        let loss = sync_of(&mut world, 0).loss;
        is_said |= loss.is_some_and(|loss| loss.is_told_again);
    }
    assert!(is_said);
    world.come_to_rest();
    // Who looks only now hears of it too, also after the app was closed; and for a month.
    let noticed = sync_of(&mut world, 0).loss.map(|loss| loss.noticed);
    world.phones[0].restart();
    let loss = sync_of(&mut world, 0).loss.unwrap();
    assert_eq!((Some(loss.noticed), loss.is_told_again), (noticed, false));
    world.phones[0].surroundings.ahead.set(30 * DAY);
    assert_eq!(sync_of(&mut world, 0).loss, None);
    world.check();
}

#[test]
fn a_restored_server_without_room_is_told_everything_once_it_has_some() {
    for is_restarted in [false, true] {
        let mut world = family(&[0, 1]);
        world.server.back_up();
        let told = world.tell(1).unwrap();
        world.tell(0);
        world.come_to_rest();
        world.phones[1].is_away = true;
        world.server.restore();
        world.server.set_room(1);
        world.come_to_rest();
        if is_restarted {
            world.phones[0].restart();
        }
        world.server.set_room(Settings::default().circle_bytes);
        world.come_to_rest();
        world.phones[4].is_away = false;
        world.phones[3].is_away = false;
        world.come_to_rest();
        assert!(world.phones[4].read(told).is_some(), "{is_restarted}");
        world.check();
    }
}
