//! Coming back that is stopped, or never begins to move.

use crate::recovering::lived_in;
use crate::world::Home;
use hearth_core::circle::words::WordsFault;
use hearth_core::circle::{RecoveryStage, WordsStanding};
use hearth_core::messages::{Failure, Request};
use hearth_core::vault::Reply;
use hearth_protocol::Object as _;
use hearth_protocol::exchange::{EntryCode, ExchangeAnswer};
use hearth_protocol::limits::LONGEST_EXCHANGE;

#[test]
fn words_of_nobody_are_not_found_and_can_be_tried_again_or_left() {
    let mut home = Home::new();
    let (_, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    empty.tell("stays");
    let other = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    empty.restore(other).unwrap();
    home.sync(&mut empty);
    empty.restart();
    assert_eq!(empty.stage(), Some(RecoveryStage::NotFound));
    // The right ones take their place.
    empty.restore(&words).unwrap();
    assert_eq!(empty.stage(), Some(RecoveryStage::Asking));
    empty.ask(Request::StopRestoring).unwrap();
    assert_eq!(empty.stage(), None);
    empty.restart();
    assert_eq!((empty.stage(), empty.told()), (None, vec!["stays".into()]));
}

#[test]
fn coming_back_can_be_stopped_before_the_circle_has_the_phone() {
    let mut home = Home::new();
    let (_, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    empty.tell("stays");
    empty.restore(&words).unwrap();
    let call = empty.next_call().unwrap();
    let reply = home.answer(&call);
    empty.take(&call, reply);
    assert_eq!(empty.stage(), Some(RecoveryStage::Arriving));
    let invite = Request::Invite {
        whom: hearth_core::circle::Whom::MyPhone,
        name: String::new(),
        is_quick: true,
    };
    assert_eq!(empty.ask(invite), Err(Failure::JoiningElsewhere));
    assert_eq!(
        empty.ask(Request::MakeWords),
        Err(Failure::JoiningElsewhere)
    );
    empty.ask(Request::StopRestoring).unwrap();
    for _ in 0..2 {
        assert_eq!((empty.stage(), empty.told()), (None, vec!["stays".into()]));
        empty.restart();
    }
    home.sync(&mut empty);
    assert_eq!(empty.told(), ["stays"]);
    assert_eq!(empty.circle().sync.unsent, 0);
}

#[test]
fn a_phone_whose_circle_others_read_does_not_move() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let mut shared = home.phone(5);
    shared.tell("shared");
    home.sync(&mut shared);
    let mut other = home.phone(6);
    shared.let_in(&mut other, &mut home);
    assert_eq!(shared.restore(&words), Err(Failure::SharedAlready));
    assert_eq!(shared.stage(), None);
    // The phone that made them is where they lead.
    phone.restore(&words).unwrap();
    home.sync(&mut phone);
    assert_eq!(phone.stage(), Some(RecoveryStage::Here));
    assert_eq!(phone.everything().len(), 3);
    assert!(matches!(
        phone.standing(),
        WordsStanding::Set { is_here: true, .. }
    ));
}

/// Loses each answer in turn, ends the process or not, and then wants to stop.
#[test]
fn a_phone_that_stops_coming_back_leaves_no_device_behind_that_nobody_has() {
    let (mut stopped, mut came_in) = (0, 0);
    for (lost, ends) in (0..8).flat_map(|lost| [(lost, false), (lost, true)]) {
        let mut home = Home::new();
        let (mut phone, words) = lived_in(&mut home);
        let mut empty = home.phone(9);
        empty.tell("stays");
        empty.restore(&words).unwrap();
        for number in 0.. {
            let Some(call) = empty.next_call() else {
                break;
            };
            let reply = home.answer(&call);
            if number == lost {
                empty.take(&call, Reply::Unreachable);
                break;
            }
            empty.take(&call, reply);
        }
        if ends {
            empty.restart();
        }
        let Some(view) = empty.circle().recovery else {
            continue;
        };
        let answer = empty.ask(Request::StopRestoring);
        assert_eq!(answer.is_ok(), view.can_stop);
        if let Err(failure) = answer {
            assert_eq!(failure, Failure::Words(WordsFault::ComingIn));
            assert_eq!(empty.stage(), Some(RecoveryStage::Arriving));
            came_in += 1;
        } else {
            assert_eq!(empty.told(), ["stays"]);
            stopped += 1;
        }
        home.sync(&mut empty);
        home.sync(&mut phone);
        let mut devices = vec![phone.device()];
        if !view.can_stop {
            devices.push(empty.device());
            assert_eq!(empty.everything().len(), phone.everything().len());
        }
        let people = phone.circle().people;
        let mut there: Vec<_> = people[0].devices.iter().map(|device| device.id).collect();
        there.sort();
        devices.sort();
        assert_eq!(there, devices, "answer {lost}");
        assert_eq!(empty.stage(), None);
    }
    assert!(stopped > 0 && came_in > 0, "{stopped} and {came_in}");
}

/// What a server refuses is nowhere: the phone is not held by it.
#[test]
fn coming_back_can_be_stopped_once_the_server_refused_the_phone() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    empty.restore(&words).unwrap();
    let mut is_refused = false;
    while !is_refused {
        let call = empty.next_call().unwrap();
        let before = home.database.snapshot();
        let Reply::Answered { status, body } = home.answer(&call) else {
            panic!("no answer");
        };
        let answer = ExchangeAnswer::decode(&body, LONGEST_EXCHANGE);
        let body = match answer {
            Ok(mut answer) if !answer.appended.is_empty() => {
                home.restart(before);
                is_refused = true;
                answer.appended[0].code = EntryCode::NotTaken;
                (answer.entries, answer.control) = (Vec::new(), empty.replica().control_head());
                answer.encode()
            }
            _ => body,
        };
        empty.take(&call, Reply::Answered { status, body });
        if !is_refused {
            assert_eq!(empty.stage(), Some(RecoveryStage::Arriving));
        }
    }
    assert!(empty.circle().recovery.unwrap().can_stop);
    empty.ask(Request::StopRestoring).unwrap();
    home.sync(&mut phone);
    assert_eq!(phone.circle().people[0].devices.len(), 1);
}
