//! Photos that come after their words.

use super::{Home, bring_in};
use hearth_core::circle::{PhotosTravel, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::ports::Table;
use hearth_core::record::WORDS;
use hearth_core::vault::Reply;
use hearth_protocol::exchange::Endpoint;
use hearth_tests::phones::Phone;

#[test]
fn what_another_phone_of_the_same_person_has_still_to_send_is_on_its_way_here() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    let told = first.tell_with_photo("with a photo");
    // The words get through, the photo does not.
    home.sync_through(&mut first, |call, reply| match call.endpoint {
        Endpoint::BlobPut => Reply::Unreachable,
        _ => reply,
    });
    home.sync(&mut second);
    let read = second.read(told.id);
    assert_eq!(read.whereabouts, Whereabouts::Arriving);
    assert_eq!(second.circle().sync.unsent_photos, 0, "not this phone's");
    let blob = Request::Blob(read.photos[0].blob);
    assert_eq!(second.try_ask(blob.clone()), Err(Failure::NotFound));
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::Waiting);
    assert_eq!(first.circle().sync.unsent_photos, 1);

    home.sync(&mut first);
    home.sync(&mut second);
    assert!(matches!(second.try_ask(blob), Ok(Response::Bytes(_))));
    for phone in [&mut first, &mut second] {
        assert_eq!(phone.read(told.id).whereabouts, Whereabouts::Safe);
    }
}

/// What is on the line while photos wait: their words, and nothing of them.
fn sync_without_photos(home: &Home, phone: &mut Phone) {
    home.sync_through(phone, |call, reply| {
        let is_of_photo = matches!(call.endpoint, Endpoint::BlobPut | Endpoint::BlobGet);
        assert!(!is_of_photo, "a photo travelled");
        reply
    });
}

#[test]
fn photos_wait_until_somebody_says_so_and_words_do_not() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    first.ask(Request::LetPhotosTravel(PhotosTravel::WhenAsked));
    let told = first.tell_with_photo("with a photo");
    sync_without_photos(&home, &mut first);
    home.sync(&mut second);
    assert_eq!(
        second.read(told.id).fields.get(&WORDS).unwrap(),
        "with a photo"
    );
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::Waiting);
    let sync = first.circle().sync;
    assert_eq!((sync.unsent_photos, sync.are_photos_held), (1, true));
    // Asked, and the process ends before one byte went.
    first.ask(Request::LetPhotosGo);
    first.begin_again();
    home.sync(&mut first);
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::Safe);
    assert!(!first.circle().sync.are_photos_held);

    // It was said of those, not of the next.
    let next = first.tell_with_photo("the next");
    sync_without_photos(&home, &mut first);
    assert_eq!(first.read(next.id).whereabouts, Whereabouts::Waiting);
    first.ask(Request::LetPhotosTravel(PhotosTravel::Always));
    home.sync(&mut first);
    assert_eq!(first.read(next.id).whereabouts, Whereabouts::Safe);
}

#[test]
fn photos_of_others_wait_on_the_server_and_what_another_own_phone_has_is_not_called_waiting_here() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    second.ask(Request::LetPhotosTravel(PhotosTravel::WhenAsked));
    let told = first.tell_with_photo("with a photo");
    home.sync(&mut first);
    sync_without_photos(&home, &mut second);
    let sync = second.circle().sync;
    assert_eq!((sync.unsent_photos, sync.are_photos_held), (0, true));
    let blob = Request::Blob(told.photos[0].blob);
    assert_eq!(second.try_ask(blob.clone()), Err(Failure::NotFound));
    second.ask(Request::LetPhotosGo);
    home.sync(&mut second);
    assert!(matches!(second.try_ask(blob), Ok(Response::Bytes(_))));
    assert!(!second.circle().sync.are_photos_held);
}

#[test]
fn only_on_wifi_is_held_where_nobody_can_tell_and_goes_when_there_is_some() {
    let home = Home::new();
    let mut phone = home.phone(1);
    phone.tell("told");
    home.sync(&mut phone);
    phone.ask(Request::LetPhotosTravel(PhotosTravel::OnWifi));
    let told = phone.tell_with_photo("with a photo");
    for network in [None, Some(false)] {
        phone.vault.note_network(network);
        sync_without_photos(&home, &mut phone);
        assert!(phone.circle().sync.are_photos_held);
    }
    phone.vault.note_network(Some(true));
    home.sync(&mut phone);
    assert_eq!(phone.read(told.id).whereabouts, Whereabouts::SentOnlyHere);
    assert!(!phone.circle().sync.are_photos_held);
}

#[test]
fn photos_that_rot_while_they_wait_are_not_called_safe_and_keep_no_other_from_going() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    let mut told = ["one", "two", "three"].map(|words| first.tell_with_photo(words));
    // They go in the order of their ids: the one that stays whole is behind those that rot.
    told.sort_by_key(|record| record.photos[0].id);
    let [whole, one, other] = &told;
    for rotten in [one, other] {
        let rot = |row: &mut Vec<u8>| row[40] ^= 1;
        let photo = &rotten.photos[0];
        for blob in [photo.blob, photo.thumbnail] {
            first.store.damage(Table::Blobs, &blob.0, rot);
        }
    }
    for _ in 0..2 {
        home.sync(&mut first);
        home.sync(&mut second);
    }
    let words = second.words();
    for told in &told {
        assert!(words.contains(told.fields.get(&WORDS).unwrap()));
    }
    let photo = Request::Blob(whole.photos[0].blob);
    assert!(matches!(second.try_ask(photo), Ok(Response::Bytes(_))));
    first.begin_again();
    assert_eq!(first.read(whole.id).whereabouts, Whereabouts::Safe);
    for rotten in [one, other] {
        assert_ne!(first.read(rotten.id).whereabouts, Whereabouts::Safe);
    }
}
