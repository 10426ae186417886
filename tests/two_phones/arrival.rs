//! Whether the circle that came is the one of the invite, and what is done where it is not.

use super::coming_in::{READS_ALL, approve, compare, stage_of};
use super::{Home, Phone, bring_in};
use hearth_core::circle::{JoinStage, Whereabouts, Whom};
use hearth_core::messages::{Failure, Request};
use hearth_core::vault::Reply;
use hearth_protocol::control::ControlHead;
use hearth_protocol::exchange::{Endpoint, ExchangeAnswer, InviteState};
use hearth_protocol::invite::{Anchor, InviteLink};
use hearth_protocol::limits::{LONGEST_EXCHANGE, LONGEST_SMALL_MESSAGE};
use hearth_protocol::{Hash, LogId, Object as _, StreamId};

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
    second.begin_again();
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
        second.begin_again();
    }
    second.ask(Request::LeaveInvite);
    second.begin_again();
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
    let told = first.tell("told").id;
    give_anchor(&home, &mut first, &mut second, |_, row| {
        row.1.0[0] ^= 1;
        row.2 += 1;
    });
    for _ in 0..2 {
        home.sync(&mut second);
        second.begin_again();
        let arriving = JoinStage::Arriving { may_stop: false };
        assert_eq!(stage_of(&mut second), arriving);
        home.sync(&mut first);
        assert_eq!(first.read(told).whereabouts, Whereabouts::SentOnlyHere);
    }
    assert_eq!(
        second.try_ask(Request::LeaveInvite),
        Err(Failure::SharedAlready)
    );
    first.tell("told again");
    home.sync(&mut first);
    home.sync(&mut second);
    home.sync(&mut first);
    assert_eq!(first.read(told).whereabouts, Whereabouts::Safe);
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
            second.begin_again();
        }
        home.sync(&mut first);
        assert_eq!(first.words(), ["told"]);
        second.ask(Request::LeaveInvite);
        second.begin_again();
        assert_eq!(second.circle().joining, None);
        assert_eq!(second.words(), ["nobody else's"]);
    }
}
