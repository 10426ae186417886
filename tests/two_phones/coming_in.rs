//! The side that comes in: what moves, and when nothing may.

use super::{Home, Phone, bring_in};
use hearth_core::circle::{InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::sync::replica::Intent;

pub(super) const READS_ALL: Whom = Whom::Person { reads_all: true };

/// Up to the pictures on both phones; nobody has said anything about them yet.
pub(super) fn compare(home: &Home, first: &mut Phone, second: &mut Phone) -> [u8; 4] {
    first.invite(READS_ALL);
    home.sync(first);
    follow(home, first, second);
    home.sync(first);
    home.sync(first);
    home.sync(second);
    match stage_of(second) {
        JoinStage::Comparing {
            pictures,
            is_confirmed: false,
        } => pictures,
        other => panic!("{other:?}"),
    }
}

/// Up to the claim.
fn follow(home: &Home, first: &mut Phone, second: &mut Phone) {
    let invite = first.circle().invites[0].clone();
    second.ask(Request::ReadInvite(invite.link));
    home.sync(second);
    second.ask(Request::AcceptInvite {
        name: "Nana".into(),
    });
    home.sync(second);
}

pub(super) fn stage_of(phone: &mut Phone) -> JoinStage {
    phone.circle().joining.unwrap().stage
}

pub(super) fn approve(first: &mut Phone) -> Result<Response, Failure> {
    let id = first.circle().invites[0].id;
    first.try_ask(Request::ApproveInvite(id))
}

/// Both have told something and the inviter says that the pictures are the same; the second phone
/// has not heard of it yet.
fn approved() -> (Home, Phone, Phone, [u8; 4]) {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("nobody else's");
    let pictures = compare(&home, &mut first, &mut second);
    approve(&mut first).unwrap();
    home.sync(&mut first);
    (home, first, second, pictures)
}

#[test]
fn a_photo_that_was_sent_before_goes_up_again_under_the_keys_of_the_circle_that_was_joined() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    home.sync(&mut first);
    let own = second.tell_with_photo("told here, with a photo");
    home.sync(&mut second);
    assert_eq!(second.read(own.id).whereabouts, Whereabouts::SentOnlyHere);
    bring_in(&home, &mut first, &mut second, READS_ALL);
    home.sync(&mut second);
    assert_eq!(second.read(own.id).whereabouts, Whereabouts::Safe);
    home.sync(&mut first);
    let read = first.read(own.id);
    for blob in [read.photos[0].blob, read.photos[0].thumbnail] {
        assert_eq!(
            first.ask(Request::Blob(blob)),
            second.ask(Request::Blob(blob))
        );
    }
}

#[test]
fn nothing_moves_before_the_joiner_has_said_that_the_pictures_are_the_same() {
    let (home, mut first, mut second, pictures) = approved();
    assert_eq!(first.circle().invites[0].stage, InviteStage::Done);
    let before = second.circle().people;
    for _ in 0..2 {
        home.sync(&mut second);
        second.begin_again();
        home.sync(&mut first);
        assert_eq!(second.circle().people, before);
        assert_eq!(second.words(), ["nobody else's"]);
        assert_eq!(first.words(), ["told"]);
    }
    let comparing = JoinStage::Comparing {
        pictures,
        is_confirmed: false,
    };
    assert_eq!(stage_of(&mut second), comparing);
    let mut others = pictures;
    others[0] ^= 1;
    let seen_elsewhere = second.try_ask(Request::ConfirmJoin(others));
    assert_eq!(seen_elsewhere, Err(Failure::NotFound));
    second.ask(Request::ConfirmJoin(pictures));
    second.begin_again();
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(second.circle().joining, None);
    assert_eq!(first.words(), ["nobody else's", "told"]);
}

#[test]
fn a_joiner_who_sees_other_pictures_keeps_everything_and_may_follow_another_invite() {
    let (home, mut first, mut second, pictures) = approved();
    home.sync(&mut second);
    second.ask(Request::RefuseJoin);
    for _ in 0..2 {
        assert_eq!(stage_of(&mut second), JoinStage::Unsound);
        let late = second.try_ask(Request::ConfirmJoin(pictures));
        assert_eq!(late, Err(Failure::NotFound));
        home.sync(&mut second);
        second.begin_again();
    }
    home.sync(&mut first);
    assert_eq!(first.words(), ["told"]);
    assert_eq!(second.words(), ["nobody else's"]);
    second.ask(Request::LeaveInvite);
    assert_eq!(second.circle().joining, None);
    let mut third = home.phone(3);
    third.tell("of the third");
    bring_in(&home, &mut third, &mut second, READS_ALL);
    home.sync(&mut third);
    assert_eq!(third.words(), ["nobody else's", "of the third"]);
}

#[test]
fn two_who_invite_each_other_are_told_so_and_neither_is_stuck() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("of the first");
    second.tell("of the second");
    for phone in [&mut first, &mut second] {
        phone.invite(READS_ALL);
        home.sync(phone);
    }
    follow(&home, &mut first, &mut second);
    follow(&home, &mut second, &mut first);
    for _ in 0..2 {
        home.sync(&mut first);
        home.sync(&mut second);
    }
    for phone in [&mut first, &mut second] {
        assert_eq!(approve(phone), Err(Failure::JoiningElsewhere));
    }
    first.ask(Request::LeaveInvite);
    approve(&mut first).unwrap();
    let invite = second.circle().invites[0].clone();
    first.ask(Request::ReadInvite(invite.link));
    let JoinStage::Comparing { pictures, .. } = stage_of(&mut second) else {
        panic!("{:?}", second.circle().joining)
    };
    second.ask(Request::ConfirmJoin(pictures));
    home.sync(&mut first);
    home.sync(&mut second);
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(first.words(), ["of the first", "of the second"]);
    assert_eq!(first.words(), second.words());
}

#[test]
fn who_lets_somebody_in_asks_to_come_in_nowhere_else() {
    let home = Home::new();
    let (mut first, mut second, mut third) = (home.phone(1), home.phone(2), home.phone(3));
    first.tell("of the first");
    third.tell("of the third");
    compare(&home, &mut first, &mut second);
    third.invite(READS_ALL);
    home.sync(&mut third);
    let invite = third.circle().invites[0].clone();
    first.ask(Request::ReadInvite(invite.link));
    home.sync(&mut first);
    approve(&mut first).unwrap();
    let yes = || Request::AcceptInvite { name: "Mum".into() };
    assert_eq!(first.try_ask(yes()), Err(Failure::LettingIn));
    home.sync(&mut first);
    assert_eq!(first.try_ask(yes()), Err(Failure::SharedAlready));
}

#[test]
fn a_join_that_may_not_happen_any_more_ends_with_words_and_sending_goes_on() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("of the first");
    second.tell("of the second");
    home.sync(&mut second);
    let pictures = compare(&home, &mut first, &mut second);
    second.ask(Request::ConfirmJoin(pictures));
    // As a store may be that was let go on by an earlier build.
    let other = home.phone(3).vault.newcomer(None).unwrap();
    second.vault.intend(Intent::AddDevice(other.keys()));
    home.sync(&mut second);
    approve(&mut first).unwrap();
    home.sync(&mut first);
    let told = second.tell("told after");
    for _ in 0..2 {
        home.sync(&mut second);
        assert_eq!(stage_of(&mut second), JoinStage::SharedAlready);
        assert_eq!(second.read(told.id).whereabouts, Whereabouts::SentOnlyHere);
        second.begin_again();
    }
    second.ask(Request::LeaveInvite);
    assert_eq!(second.circle().joining, None);
    assert_eq!(second.words(), ["of the second", "told after"]);
}

#[test]
fn an_invite_of_ones_own_leads_nowhere_and_leaves_the_circle_as_it_is() {
    let home = Home::new();
    let mut first = home.phone(1);
    let told = first.tell("told");
    first.invite(READS_ALL);
    home.sync(&mut first);
    let invite = first.circle().invites[0].clone();
    first.ask(Request::ReadInvite(invite.link));
    home.sync(&mut first);
    assert_eq!(stage_of(&mut first), JoinStage::SharedAlready);
    let more = first.tell("and more");
    home.sync(&mut first);
    for record in [told.id, more.id] {
        let whereabouts = first.read(record).whereabouts;
        assert_eq!(whereabouts, Whereabouts::SentOnlyHere);
    }
    first.ask(Request::LeaveInvite);
    first.begin_again();
    assert_eq!(first.words(), ["and more", "told"]);
    assert_eq!(first.circle().invites.len(), 1);
}
