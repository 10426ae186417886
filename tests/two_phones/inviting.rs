//! The side that invites: how an invite ends, and that none keeps photos from going up.

use super::{Home, Phone, bring_in};
use hearth_core::circle::{InviteStage, Whereabouts, Whom};
use hearth_core::messages::Request;
use hearth_core::sync::replica::Intent;
use hearth_core::vault::Reply;
use hearth_protocol::exchange::Endpoint;
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

/// The server answers this to one kind of call, and nothing wrong to any other.
fn answering(endpoint: Endpoint, status: u16) -> impl FnMut(&super::Outgoing, Reply) -> Reply {
    move |call, reply| {
        let body = Vec::new();
        match call.endpoint == endpoint {
            true => Reply::Answered { status, body },
            false => reply,
        }
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
