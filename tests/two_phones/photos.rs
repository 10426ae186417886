//! Photos that come after their words.

use super::{Home, bring_in};
use hearth_core::circle::{Whereabouts, Whom};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::Reply;
use hearth_protocol::exchange::Endpoint;

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
