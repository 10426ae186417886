//! The side that invites: how an invite ends, and that none keeps photos from going up.

use super::{Home, Phone, bring_in, offer};
use hearth_core::circle::{InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::messages::Request;
use hearth_core::sync::replica::Intent;
use hearth_core::vault::Reply;
use hearth_protocol::Object as _;
use hearth_protocol::exchange::{Endpoint, NOT_HERE, ServerCard};
use hearth_protocol::limits::MOST_KEYS_OF_PERSON;

/// One that somebody follows, whose pictures are shown here.
fn claimed(home: &Home, first: &mut Phone, second: &mut Phone) {
    first.invite(Whom::MyPhone);
    home.sync(first);
    let link = first.circle().invites[0].link.clone();
    second.ask(Request::ReadInvite(link));
    home.sync(second);
    second.ask(Request::AcceptInvite {
        name: "Tablet".into(),
    });
    home.sync(second);
}

fn approve(first: &mut Phone) {
    let id = first.circle().invites[0].id;
    first.ask(Request::ApproveInvite(id));
}

fn stage_of(phone: &mut Phone) -> InviteStage {
    phone.circle().invites[0].stage.clone()
}

/// The server's own words, which are "not here" whatever it was asked.
fn saying(status: u16) -> Reply {
    let body = NOT_HERE.to_vec();
    Reply::Answered { status, body }
}

/// The server answers this to one kind of call, and nothing wrong to any other.
fn answering(endpoint: Endpoint, status: u16) -> impl FnMut(&super::Outgoing, Reply) -> Reply {
    move |call, reply| match call.endpoint == endpoint {
        true => saying(status),
        false => reply,
    }
}

#[test]
fn invites_into_a_circle_that_was_left_are_gone_with_it() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("told here");
    second.invite(Whom::MyPhone);
    home.sync(&mut second);
    let whom = Whom::Person { reads_all: true };
    bring_in(&home, &mut first, &mut second, whom);
    assert_eq!(second.circle().invites, []);
    let photo = second.tell_with_photo("and with a photo");
    home.sync(&mut second);
    assert_eq!(second.read(photo.id).whereabouts, Whereabouts::Safe);
    let mut second = second.restart();
    assert_eq!(second.circle().invites, []);
}

#[test]
fn an_invite_that_the_server_lost_ends_and_photos_go_up() {
    for lost in [Endpoint::InviteReveal, Endpoint::InviteApprove] {
        let home = Home::new();
        let (mut first, mut second) = (home.phone(1), home.phone(2));
        first.tell("told");
        claimed(&home, &mut first, &mut second);
        home.sync_through(&mut first, answering(lost, 404));
        if lost == Endpoint::InviteApprove {
            approve(&mut first);
        }
        let told = first.tell_with_photo("with a photo");
        home.sync_through(&mut first, answering(lost, 404));
        assert_eq!(stage_of(&mut first), InviteStage::Gone, "{lost:?}");
        assert!(first.read(told.id).whereabouts > Whereabouts::Waiting);
        let mut first = first.restart();
        assert_eq!(stage_of(&mut first), InviteStage::Gone);
        first.cancel_invites();
        assert_eq!(first.circle().invites, []);
    }
}

#[test]
fn an_invite_that_a_full_server_does_not_take_lets_photos_go_first() {
    let home = Home::new();
    let mut first = home.phone(1);
    first.tell("told");
    home.sync(&mut first);
    first.invite(Whom::MyPhone);
    let told = first.tell_with_photo("with a photo");
    for _ in 0..2 {
        home.sync_through(&mut first, answering(Endpoint::InvitePut, 507));
    }
    assert_eq!(stage_of(&mut first), InviteStage::Making);
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::SentOnlyHere);
    home.sync(&mut first);
    assert_eq!(stage_of(&mut first), InviteStage::Open);
}

#[test]
fn an_invite_whose_newcomer_the_circle_refuses_ends_and_the_phone_rests() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    claimed(&home, &mut first, &mut second);
    home.sync(&mut first);
    for number in 1..MOST_KEYS_OF_PERSON {
        let more = home.phone(100 + number as u8);
        let more = more.vault.newcomer(None).unwrap();
        first.vault.intend(Intent::AddDevice(more.keys()));
    }
    home.sync(&mut first);
    approve(&mut first);
    home.sync(&mut first);
    assert_eq!(stage_of(&mut first), InviteStage::Refused);
    let mut first = first.restart();
    home.sync(&mut first);
    assert_eq!(stage_of(&mut first), InviteStage::Refused);
}

/// What was asked in one sync with the server's own answers, or with this status in place of each to a put.
fn puts(home: &Home, phone: &mut Phone, status: Option<u16>) -> usize {
    let mut count = 0;
    home.sync_through(phone, |call, reply| {
        let is_put = call.endpoint == Endpoint::InvitePut;
        count += usize::from(is_put);
        status.filter(|_| is_put).map_or(reply, saying)
    });
    count
}

#[test]
fn who_follows_an_invite_that_was_taken_back_hears_that_it_is_gone() {
    let home = Home::new();
    let (mut first, mut second, mut third) = (home.phone(1), home.phone(2), home.phone(3));
    let link = offer(&home, &mut first);
    second.ask(Request::ReadInvite(link.clone()));
    home.sync(&mut second);
    // Offline, and the app ends before it comes back.
    first.cancel_invites();
    assert_eq!(first.circle().invites, [], "taken back for who looks");
    let mut first = first.restart();
    assert_eq!(first.circle().invites, []);
    home.sync(&mut first);
    second.ask(Request::AcceptInvite {
        name: "Tablet".into(),
    });
    home.sync(&mut second);
    assert_eq!(second.circle().joining.unwrap().stage, JoinStage::Gone);
    third.ask(Request::ReadInvite(link));
    home.sync(&mut third);
    assert_eq!(third.circle().joining.unwrap().stage, JoinStage::Gone);
    assert_eq!(puts(&home, &mut first, None), 0, "confirmed, and forgotten");
}

#[test]
fn somebody_who_compares_pictures_hears_it_as_well() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    claimed(&home, &mut first, &mut second);
    home.sync(&mut first);
    home.sync(&mut second);
    let stage = second.circle().joining.unwrap().stage;
    assert!(matches!(stage, JoinStage::Comparing { .. }), "{stage:?}");
    first.cancel_invites();
    home.sync(&mut first);
    home.sync(&mut second);
    assert_eq!(second.circle().joining.unwrap().stage, JoinStage::Gone);
}

#[test]
fn taking_back_is_told_until_the_server_confirms_it_and_keeps_nothing_waiting() {
    let home = Home::new();
    let mut first = home.phone(1);
    first.tell("told");
    // The answer to the put is lost: the server has it, and this phone does not know.
    first.invite(Whom::MyPhone);
    puts(&home, &mut first, Some(503));
    first.cancel_invites();
    for status in [404, 503] {
        let told = first.tell_with_photo("with a photo");
        // A server that cannot answer now is asked again after the photo.
        puts(&home, &mut first, Some(status));
        puts(&home, &mut first, Some(status));
        assert!(first.read(told.id).whereabouts > Whereabouts::Waiting);
        first = first.restart();
    }
    assert_eq!(puts(&home, &mut first, None), 1);
    assert_eq!(puts(&home, &mut first, None), 0);
    // What never left this phone is taken back without anybody.
    let mut offline = home.phone(2);
    offline.tell("told");
    offline.invite(Whom::MyPhone);
    offline.cancel_invites();
    assert_eq!(puts(&home, &mut offline, None), 0);
}

#[test]
fn a_card_that_was_spoilt_at_the_founding_pins_nothing_for_good() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let told = first.tell("told");
    first.invite(Whom::MyPhone);
    let mut cards = 0;
    for _ in 0..2 {
        home.sync_through(&mut first, |call, reply| {
            let Reply::Answered { status, body } = reply else {
                return reply;
            };
            let mut body = body;
            if call.endpoint == Endpoint::Server {
                cards += 1;
                let mut card = ServerCard::decode(&body, 1_024).unwrap();
                card.key.0[3] ^= 1;
                body = card.encode();
            }
            Reply::Answered { status, body }
        });
    }
    assert!(cards <= 2, "asked for once in each try: {cards}");
    let mut first = first.restart();
    for _ in 0..2 {
        home.sync(&mut first);
    }
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::SentOnlyHere);
    first.cancel_invites();
    bring_in(&home, &mut first, &mut second, Whom::MyPhone);
    home.sync(&mut first);
    assert_eq!(first.read(told.id).whereabouts, Whereabouts::Safe);
}
