//! Somebody else answers in the server's place, as a hotel's sign-in page does. Whatever it says,
//! it says nothing of invites, photos or the circle.

use super::{Home, Phone};
use hearth_core::circle::{InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::messages::Request;
use hearth_core::vault::{Progress, Reply};
use hearth_core::world::SplitMix64;

/// What such a page answers with, whatever was asked.
const STATUSES: [u16; 8] = [200, 400, 403, 404, 410, 413, 500, 511];

/// About every second call is answered by the page, by chance.
struct Hotel {
    home: Home,
    status: u16,
    chance: SplitMix64,
}

impl Hotel {
    fn new(status: u16) -> Self {
        Self {
            home: Home::new(),
            status,
            chance: SplitMix64::new(u64::from(status)),
        }
    }

    /// Everything that the phone does by itself until it rests; nobody looks for news meanwhile.
    fn drive(&mut self, phone: &mut Phone) {
        for _ in 0..200 {
            let Some(call) = phone.next_call() else {
                return;
            };
            if self.chance.draw().is_multiple_of(2) {
                let progress = phone.take(&call, self.page());
                let heard = format!("{} to {:?} counts as an answer", self.status, call.endpoint);
                assert_eq!(progress, Progress::Wait, "{heard}");
            } else {
                phone.take(&call, self.home.answer(&call));
            }
        }
        panic!("it never rests");
    }

    /// While somebody waits a phone looks again and again; a look may be one call, which failed.
    fn look(&mut self, phone: &mut Phone) {
        for _ in 0..8 {
            phone.vault.look_for_news();
            self.drive(phone);
        }
    }

    fn page(&self) -> Reply {
        Reply::Answered {
            status: self.status,
            body: b"<!doctype html><title>Sign in</title>".to_vec(),
        }
    }
}

#[test]
fn an_invite_goes_its_way_behind_a_sign_in_page() {
    for status in STATUSES {
        let mut hotel = Hotel::new(status);
        let (mut first, mut second) = (hotel.home.phone(1), hotel.home.phone(2));
        let told = first.tell_with_photo("He rode the bus alone");
        first.invite(Whom::MyPhone);
        hotel.look(&mut first);
        let invite = first.circle().invites[0].clone();
        assert_eq!(invite.stage, InviteStage::Open, "{status}");
        second.ask(Request::ReadInvite(invite.link));
        hotel.look(&mut second);
        let name = "Tablet".into();
        second.ask(Request::AcceptInvite { name });
        hotel.look(&mut second);
        hotel.look(&mut first);
        hotel.look(&mut second);
        let stage = second.circle().joining.unwrap().stage;
        let JoinStage::Comparing { pictures, .. } = stage else {
            panic!("{status}: {stage:?}");
        };
        second.ask(Request::ConfirmJoin(pictures));
        first.ask(Request::ApproveInvite(invite.id));
        hotel.look(&mut first);
        hotel.look(&mut second);
        assert_eq!(second.words(), ["He rode the bus alone"], "{status}");
        hotel.look(&mut first);
        assert_eq!(first.read(told.id).whereabouts, Whereabouts::Safe);
        assert_eq!(second.read(told.id).whereabouts, Whereabouts::Safe);
    }
}

#[test]
fn a_photo_goes_up_once_the_page_is_gone_without_anybody_looking() {
    for status in STATUSES {
        let mut hotel = Hotel::new(status);
        let mut first = hotel.home.phone(1);
        let told = first.tell_with_photo("He rode the bus alone");
        hotel.drive(&mut first);
        let whereabouts = first.read(told.id).whereabouts;
        assert_eq!(whereabouts, Whereabouts::SentOnlyHere, "{status}");
    }
}
