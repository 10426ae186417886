//! Words made again, phones stolen: what the old ones open, and who is told.

use crate::phone::Phone;
use crate::world::Home;
use hearth_core::circle::{RecoveryStage, WordsStanding};
use hearth_core::messages::Request;
use hearth_core::vault::Reply;
use hearth_protocol::recovery::Phrase;

#[test]
fn old_words_open_nothing_told_after_new_ones_and_lead_nowhere() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    phone.tell("before");
    let old = phone.make_and_confirm();
    home.sync(&mut phone);
    let new = phone.make_and_confirm();
    assert_eq!(
        phone.standing(),
        WordsStanding::Waiting {
            is_older_good: true
        }
    );
    assert_eq!(phone.safe(), ["before"], "the old ones are still good");
    home.sync(&mut phone);
    assert_eq!(
        phone
            .replica()
            .circle()
            .epoch(&phone.replica().home_stream().unwrap()),
        Some(2)
    );
    home.frames.clear();
    phone.tell("after");
    home.sync(&mut phone);
    assert_eq!(phone.safe(), ["after", "before"]);
    for (_, frame) in &home.frames {
        assert_eq!(frame.epoch().unwrap(), 2);
    }
    let mut thief = home.phone(8);
    thief.restore(&old).unwrap();
    home.sync(&mut thief);
    assert_eq!(thief.stage(), Some(RecoveryStage::NotFound));
    let old_key = Phrase::read(&old).unwrap().secret();
    let circle = phone.replica().circle();
    assert!(!circle.is_active(&old_key.keys().id()));
    // Not one grant of the new epoch was made to it, whatever the server would give.
    let to_old = home
        .carried
        .iter()
        .filter(|bytes| is_grant_to(bytes, &old_key));
    assert_eq!(to_old.count(), 1, "the one of the old epoch");
    let mut back = home.phone(9);
    back.restore(&new).unwrap();
    home.sync(&mut back);
    assert_eq!(back.everything(), phone.everything());
}

/// Whether the request brings a grant to this key.
fn is_grant_to(bytes: &[u8], secret: &hearth_protocol::recovery::RecoverySecret) -> bool {
    use hearth_protocol::Object as _;
    use hearth_protocol::exchange::ExchangeRequest;
    let request = ExchangeRequest::decode(bytes, hearth_protocol::limits::LONGEST_EXCHANGE);
    let Ok(request) = request else {
        return false;
    };
    let grants = request.entries.iter().flat_map(|entry| &entry.grants);
    let mut grants = grants.chain(&request.grants);
    grants.any(|grant| grant.to == secret.keys().id())
}

#[test]
fn a_phone_that_was_on_its_way_with_old_words_gets_no_keys() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    phone.tell("before");
    let old = phone.make_and_confirm();
    home.sync(&mut phone);
    let mut thief = home.phone(8);
    thief.restore(&old).unwrap();
    let call = thief.next_call().unwrap();
    let reply = home.answer(&call);
    thief.take(&call, reply);
    assert_eq!(thief.stage(), Some(RecoveryStage::Arriving));
    phone.make_and_confirm();
    home.sync(&mut phone);
    for _ in 0..2 {
        home.sync(&mut thief);
        assert!(thief.told().is_empty());
        thief.restart();
    }
    home.sync(&mut phone);
    assert_eq!(phone.circle().people[0].devices.len(), 1);
    thief.ask(Request::StopRestoring).unwrap();
    assert_eq!(thief.stage(), None);
}

#[test]
fn a_stolen_phone_holds_nothing_that_the_words_grow_into() {
    let mut home = Home::new();
    let mut lost = home.phone(1);
    lost.tell("before");
    let words = lost.make_and_confirm();
    home.sync(&mut lost);
    let mut back = home.phone(9);
    back.restore(&words).unwrap();
    home.sync(&mut back);
    let secret = Phrase::read(&words).unwrap().secret().to_bytes();
    for phone in [&lost, &back] {
        for row in phone.opened_rows() {
            for part in secret.chunks(32) {
                assert!(!row.windows(32).any(|window| window == part));
            }
        }
    }
    // Its owner takes it out; it learns nothing of what is told then, and cannot come back.
    let me = back.circle().people[0].clone();
    let (person, device) = (me.id, Some(lost.device()));
    back.ask(Request::Remove { person, device }).unwrap();
    home.sync(&mut back);
    back.tell("after");
    home.sync(&mut back);
    home.sync(&mut lost);
    assert_eq!(lost.told(), ["before"]);
    assert_eq!(back.safe(), ["after", "before"]);
}

#[test]
fn other_peoples_phones_grant_new_epochs_to_the_words_as_well() {
    let mut home = Home::new();
    let mut mum = home.phone(1);
    mum.tell("from mum");
    home.sync(&mut mum);
    let (mut dad, mut nana) = (home.phone(2), home.phone(3));
    mum.let_in(&mut dad, &mut home);
    mum.let_in(&mut nana, &mut home);
    let words = dad.make_and_confirm();
    home.sync(&mut dad);
    home.sync(&mut mum);
    let person = nana.replica().me().person;
    let device = None;
    mum.ask(Request::Remove { person, device }).unwrap();
    home.sync(&mut mum);
    mum.tell("without nana");
    home.sync(&mut mum);
    let mut back = home.phone(9);
    back.restore(&words).unwrap();
    home.sync(&mut back);
    assert_eq!(back.told(), ["from mum", "without nana"]);
}

#[test]
fn words_on_their_way_are_replaced_by_newer_ones_whatever_came_of_them() {
    for is_answer_lost in [false, true] {
        let mut home = Home::new();
        let mut phone = home.phone(1);
        phone.tell("one");
        home.sync(&mut phone);
        let first = phone.make_and_confirm();
        if is_answer_lost {
            let call = phone.next_call().unwrap();
            home.answer(&call);
            phone.take(&call, Reply::Unreachable);
        }
        let second = phone.make_and_confirm();
        home.sync(&mut phone);
        home.sync(&mut phone);
        assert!(matches!(phone.standing(), WordsStanding::Set { .. }));
        let mut stage = |words: &str| {
            let mut empty: Phone = home.phone(9);
            empty.restore(words).unwrap();
            home.sync(&mut empty);
            (empty.stage(), empty.told())
        };
        assert_eq!(stage(&first), (Some(RecoveryStage::NotFound), Vec::new()));
        assert_eq!(stage(&second), (None, vec!["one".into()]));
    }
}
