//! The server was lost with its keys, and another one stands where it was.

use super::{Home, Phone, bring_in};
use hearth_core::circle::{SyncTrouble, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request};

const MAY: Option<SyncTrouble> = Some(SyncTrouble::OtherServer { may_move: true });
const MAY_NOT: Option<SyncTrouble> = Some(SyncTrouble::OtherServer { may_move: false });

fn trouble(phone: &mut Phone) -> Option<SyncTrouble> {
    phone.circle().sync.trouble
}

fn sync_often(home: &Home, phones: &mut [&mut Phone]) {
    for _ in 0..4 {
        for phone in phones.iter_mut() {
            home.sync(phone);
        }
    }
}

#[test]
fn nothing_goes_to_another_server_before_who_manages_says_so_and_then_everything() {
    for guest_is_first in [false, true] {
        let mut home = Home::new();
        let (mut host, mut guest) = (home.phone(1), home.phone(2));
        let first = host.tell_with_photo("before");
        bring_in(
            &home,
            &mut host,
            &mut guest,
            Whom::Person { reads_all: true },
        );
        let second = guest.tell_with_photo("from the guest");
        sync_often(&home, &mut [&mut host, &mut guest]);

        home.replace_server();
        let third = host.tell("after");
        if guest_is_first {
            sync_often(&home, &mut [&mut guest]);
        }
        sync_often(&home, &mut [&mut host, &mut guest]);
        assert_eq!((trouble(&mut host), trouble(&mut guest)), (MAY, MAY_NOT));
        assert_eq!(host.circle().sync.loss, None, "nothing is told to it");
        for id in [first.id, third.id] {
            assert_eq!(host.read(id).whereabouts, Whereabouts::Waiting);
        }
        assert_eq!(guest.try_ask(Request::MoveToServer), Err(Failure::NotFound));
        // It is asked again after the process ended: nothing of the answer was kept.
        let mut host = host.restart();
        assert_eq!(host.try_ask(Request::MoveToServer), Err(Failure::NotFound));
        sync_often(&home, &mut [&mut host]);
        assert_eq!(trouble(&mut host), MAY);

        host.ask(Request::MoveToServer);
        assert_eq!(trouble(&mut host), None);
        sync_often(&home, &mut [&mut host, &mut guest]);
        assert_eq!((trouble(&mut host), trouble(&mut guest)), (None, None));
        assert_eq!(host.words(), ["after", "before", "from the guest"]);
        assert_eq!(host.words(), guest.words());
        for id in [first.id, second.id, third.id] {
            assert_eq!(host.read(id).whereabouts, Whereabouts::Safe);
            assert_eq!(guest.read(id).whereabouts, Whereabouts::Safe);
        }

        // Who comes now has nothing but the new server.
        let mut late = home.phone(3);
        bring_in(&home, &mut host, &mut late, Whom::MyPhone);
        sync_often(&home, &mut [&mut late]);
        assert_eq!(late.words(), host.words());
        for id in [first.id, second.id] {
            let photo = late.read(id).photos[0].blob;
            assert_eq!(
                late.ask(Request::Blob(photo)),
                host.ask(Request::Blob(photo))
            );
        }
    }
}

#[test]
fn a_circle_whose_server_is_there_is_not_moved() {
    let home = Home::new();
    let mut host = home.phone(1);
    host.tell("told");
    home.sync(&mut host);
    assert_eq!(host.try_ask(Request::MoveToServer), Err(Failure::NotFound));
}
