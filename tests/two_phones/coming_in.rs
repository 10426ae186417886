//! The side that comes in: what moves, and when nothing may.

use super::{Home, Phone, bring_in};
use hearth_core::circle::{InviteStage, JoinStage, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::sync::replica::Intent;
use hearth_core::vault::Reply;
use hearth_protocol::control::ControlHead;
use hearth_protocol::exchange::{Endpoint, ExchangeAnswer, InviteState};
use hearth_protocol::invite::{Anchor, InviteLink};
use hearth_protocol::limits::{LONGEST_EXCHANGE, LONGEST_SMALL_MESSAGE};
use hearth_protocol::{Hash, LogId, Object as _, StreamId};

const READS_ALL: Whom = Whom::Person { reads_all: true };

fn restart(phone: &mut Phone) {
    let (store, key, world) = (phone.store.clone(), phone.key.clone(), phone.world.clone());
    *phone = Phone::start(store, key, world);
}

/// Up to the pictures on both phones; nobody has said anything about them yet.
fn compare(home: &Home, first: &mut Phone, second: &mut Phone) -> [u8; 4] {
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

fn stage_of(phone: &mut Phone) -> JoinStage {
    phone.circle().joining.unwrap().stage
}

fn approve(first: &mut Phone) -> Result<Response, Failure> {
    let id = first.circle().invites[0].id;
    first.try_ask(Request::ApproveInvite(id))
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
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("nobody else's");
    let pictures = compare(&home, &mut first, &mut second);
    approve(&mut first).unwrap();
    home.sync(&mut first);
    assert_eq!(first.circle().invites[0].stage, InviteStage::Done);
    let before = second.circle().people;
    for _ in 0..2 {
        home.sync(&mut second);
        restart(&mut second);
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
    restart(&mut second);
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(second.circle().joining, None);
    assert_eq!(first.words(), ["nobody else's", "told"]);
}

#[test]
fn a_joiner_who_sees_other_pictures_keeps_everything_and_may_follow_another_invite() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("nobody else's");
    let pictures = compare(&home, &mut first, &mut second);
    approve(&mut first).unwrap();
    home.sync(&mut first);
    home.sync(&mut second);
    second.ask(Request::RefuseJoin);
    for _ in 0..2 {
        assert_eq!(stage_of(&mut second), JoinStage::Unsound);
        let late = second.try_ask(Request::ConfirmJoin(pictures));
        assert_eq!(late, Err(Failure::NotFound));
        home.sync(&mut second);
        restart(&mut second);
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
        assert_eq!(second.read(told.id).whereabouts, Whereabouts::Safe);
        restart(&mut second);
    }
    second.ask(Request::LeaveInvite);
    assert_eq!(second.circle().joining, None);
    assert_eq!(second.words(), ["of the second", "told after"]);
}

/// Both said yes; the second phone has not asked for the anchor yet.
fn agree(home: &Home, first: &mut Phone, second: &mut Phone) {
    let pictures = compare(home, first, second);
    second.ask(Request::ConfirmJoin(pictures));
    approve(first).unwrap();
    home.sync(first);
}

#[test]
fn nothing_is_told_in_a_circle_before_its_chain_holds_what_the_invite_named() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("nobody else's");
    agree(&home, &mut first, &mut second);
    // Never the entry that let this phone in.
    home.sync_through(&mut second, |call, reply| match (call.endpoint, reply) {
        (Endpoint::Exchange, Reply::Answered { status, body }) => {
            let mut answer = ExchangeAnswer::decode(&body, LONGEST_EXCHANGE).unwrap();
            answer.entries.clear();
            let body = answer.encode();
            Reply::Answered { status, body }
        }
        (_, reply) => reply,
    });
    let arriving = JoinStage::Arriving { may_stop: true };
    assert_eq!(stage_of(&mut second), arriving);
    let mut third = home.phone(3);
    third.tell("of the third");
    third.invite(READS_ALL);
    let link = third.circle().invites[0].link.clone();
    let elsewhere = second.try_ask(Request::ReadInvite(link));
    assert_eq!(elsewhere, Err(Failure::SharedAlready));
    second.ask(Request::LeaveInvite);
    restart(&mut second);
    assert_eq!(second.circle().joining, None);
    let people = second.circle().people;
    assert!(people.iter().all(|person| person.is_me), "{people:?}");
    second.tell("and after");
    home.sync(&mut second);
    assert_eq!(second.words(), ["and after", "nobody else's"]);
    home.sync(&mut first);
    assert_eq!(first.words(), ["told"]);
}

/// The second phone is given this anchor of the first one instead of what the server has.
fn give_anchor(
    home: &Home,
    first: &mut Phone,
    second: &mut Phone,
    change: impl FnOnce(&mut ControlHead, &mut (StreamId, LogId, u64, Hash)),
) {
    agree(home, first, second);
    let link = InviteLink::read(&first.circle().invites[0].link).unwrap();
    let replica = first.vault.replica().unwrap();
    let stream = replica.home_stream().unwrap();
    let point = replica.log_point(&stream).unwrap();
    let mut row = (stream, point.log, point.seq, point.running);
    let mut head = replica.control_head();
    change(&mut head, &mut row);
    let signer = &replica.me().secret.signer;
    let anchor = Anchor::seal(&link, head, vec![row], signer, [7; 24]).unwrap();
    home.sync_through(second, |call, reply| match (call.endpoint, reply) {
        (Endpoint::InviteGet, Reply::Answered { status: 200, body }) => {
            let mut state = InviteState::decode(&body, LONGEST_SMALL_MESSAGE).unwrap();
            state.anchor = Some(anchor.clone());
            let body = state.encode();
            Reply::Answered { status: 200, body }
        }
        (_, reply) => reply,
    });
}

#[test]
fn a_log_that_does_not_pass_through_the_anchor_stops_all_sending_until_the_circle_is_left() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    second.tell("told here");
    give_anchor(&home, &mut first, &mut second, |_, row| row.3.0[0] ^= 1);
    for _ in 0..2 {
        assert_eq!(stage_of(&mut second), JoinStage::Unsound);
        second.tell("and after");
        second.vault.look_for_news();
        let call = pollster::block_on(second.vault.next_call()).unwrap();
        assert_eq!(call, None);
        assert_eq!(second.vault.live_call(), None);
        restart(&mut second);
    }
    second.ask(Request::LeaveInvite);
    restart(&mut second);
    assert_eq!(second.circle().joining, None);
    assert_eq!(second.words(), ["and after", "and after", "told here"]);
    home.sync(&mut second);
    let mut third = home.phone(3);
    bring_in(&home, &mut second, &mut third, Whom::MyPhone);
    assert_eq!(third.words(), ["and after", "and after", "told here"]);
}

#[test]
fn a_log_of_another_name_counts_once_it_is_as_long_as_the_inviters_was() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    first.tell("told");
    give_anchor(&home, &mut first, &mut second, |_, row| {
        row.1.0[0] ^= 1;
        row.2 += 1;
    });
    for _ in 0..2 {
        home.sync(&mut second);
        restart(&mut second);
        let arriving = JoinStage::Arriving { may_stop: false };
        assert_eq!(stage_of(&mut second), arriving);
    }
    assert_eq!(
        second.try_ask(Request::LeaveInvite),
        Err(Failure::SharedAlready)
    );
    first.tell("told again");
    home.sync(&mut first);
    home.sync(&mut second);
    assert_eq!(second.circle().joining, None);
    assert_eq!(second.words(), ["told", "told again"]);
}

#[test]
fn a_chain_without_the_anchors_entry_is_told_nothing_although_this_phone_is_in_it() {
    for (further, another, stage) in [
        (1, 0, JoinStage::Arriving { may_stop: true }),
        (0, 1, JoinStage::Unsound),
    ] {
        let home = Home::new();
        let (mut first, mut second) = (home.phone(1), home.phone(2));
        first.tell("told");
        second.tell("nobody else's");
        give_anchor(&home, &mut first, &mut second, |head, _| {
            head.seq += further;
            head.hash.0[0] ^= another;
        });
        for _ in 0..2 {
            home.sync(&mut second);
            assert_eq!(stage_of(&mut second), stage);
            restart(&mut second);
        }
        home.sync(&mut first);
        assert_eq!(first.words(), ["told"]);
        second.ask(Request::LeaveInvite);
        restart(&mut second);
        assert_eq!(second.circle().joining, None);
        assert_eq!(second.words(), ["nobody else's"]);
    }
}
