//! Making words: shown once, confirmed, set; and what may be called safe because of them.

use crate::phone::Phone;
use crate::world::{Home, NOON};
use hearth_core::circle::WordsStanding;
use hearth_core::circle::words::WordsFault;
use hearth_core::messages::{Failure, Request, Response};
use hearth_core::vault::Reply;
use hearth_protocol::recovery::Phrase;

fn set(is_here: bool, made: u64) -> WordsStanding {
    WordsStanding::Set {
        made: Some(made),
        on: String::new(),
        is_here,
    }
}

const WAITING: WordsStanding = WordsStanding::Waiting {
    is_older_good: false,
};

fn told_phone(home: &mut Home) -> Phone {
    let mut phone = home.phone(1);
    phone.tell("first");
    home.sync(&mut phone);
    phone
}

#[test]
fn nothing_is_safe_until_the_server_has_the_key_of_confirmed_words() {
    let mut home = Home::new();
    let mut phone = told_phone(&mut home);
    assert_eq!(phone.standing(), WordsStanding::None);
    assert!(phone.safe().is_empty());
    let made = phone.make();
    assert!(phone.safe().is_empty(), "shown is not written down");
    home.wait(1_000);
    phone.confirm(&made).unwrap();
    assert_eq!(phone.standing(), WAITING);
    assert!(phone.safe().is_empty(), "the server knows nothing of it");
    home.sync(&mut phone);
    assert_eq!(phone.standing(), set(true, NOON + 2_000));
    assert_eq!(phone.safe(), ["first"]);
    phone.restart();
    assert_eq!(phone.standing(), set(true, NOON + 2_000));
    assert_eq!(phone.safe(), ["first"]);
    let second = phone.tell("second");
    assert_eq!(phone.safe(), ["first"]);
    home.sync(&mut phone);
    assert_eq!(phone.safe(), ["first", "second"]);
    phone.edit(second, "second, changed");
    assert_eq!(phone.safe(), ["first"]);
}

#[test]
fn words_confirmed_offline_wait_through_restarts() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    phone.tell("first");
    let words = phone.make_and_confirm();
    for _ in 0..2 {
        phone.restart();
        assert_eq!(phone.standing(), WAITING);
        let call = phone.next_call().unwrap();
        phone.take(&call, Reply::Unreachable);
    }
    home.sync(&mut phone);
    assert_eq!(phone.standing(), set(true, NOON + 1_000));
    let mut empty = home.phone(2);
    empty.restore(&words).unwrap();
    home.sync(&mut empty);
    assert_eq!(empty.told(), ["first"]);
}

#[test]
fn only_the_words_that_were_asked_for_confirm_and_only_in_this_process() {
    let mut home = Home::new();
    let mut phone = told_phone(&mut home);
    let made = phone.make();
    assert_eq!(made.words.len(), 12);
    assert!(made.asked.windows(2).all(|pair| pair[0] < pair[1]));
    for wrong in 0..3 {
        let mut typed = made
            .asked
            .map(|place| made.words[usize::from(place) - 1].clone());
        let next = made.words.iter().find(|word| **word != typed[wrong]);
        typed[wrong].clone_from(next.unwrap());
        let place = usize::from(made.asked[wrong]);
        assert_eq!(
            phone.ask(Request::ConfirmWords(typed)),
            Err(Failure::Words(WordsFault::Other { place }))
        );
        assert_eq!(phone.standing(), WordsStanding::None);
    }
    // Capitals and four letters do, as everywhere.
    let typed = made.asked.map(|place| {
        let word = made.words[usize::from(place) - 1].to_uppercase();
        word.get(..4).unwrap_or(&word).to_owned()
    });
    phone.ask(Request::ConfirmWords(typed)).unwrap();
    assert_eq!(phone.standing(), WAITING);
    let again = phone.confirm(&made);
    assert_eq!(again, Err(Failure::Words(WordsFault::NotMade)));
    for forget in [true, false] {
        let made = phone.make();
        if forget {
            assert_eq!(phone.ask(Request::ForgetWords), Ok(Response::Done));
        } else {
            phone.restart();
        }
        let late = phone.confirm(&made);
        assert_eq!(late, Err(Failure::Words(WordsFault::NotMade)));
    }
}

#[test]
fn there_is_nothing_to_make_words_for_before_the_first_record() {
    let mut phone = Home::new().phone(1);
    assert_eq!(phone.ask(Request::MakeWords), Err(Failure::NoCircle));
}

#[test]
fn no_words_is_a_choice_that_is_remembered_and_can_be_taken_back() {
    let mut home = Home::new();
    let mut phone = told_phone(&mut home);
    phone.ask(Request::DeclineWords).unwrap();
    phone.restart();
    assert_eq!(phone.standing(), WordsStanding::Declined);
    assert!(phone.safe().is_empty());
    phone.make_and_confirm();
    home.sync(&mut phone);
    phone.restart();
    assert_eq!(phone.standing(), set(true, NOON + 1_000));
}

#[test]
fn the_persons_other_phones_are_told_once_and_others_are_not() {
    let mut home = Home::new();
    let mut phone = told_phone(&mut home);
    let (mut second, mut dad) = (home.phone(2), home.phone(3));
    phone.let_in_own(&mut second, &mut home);
    phone.let_in(&mut dad, &mut home);
    phone.make_and_confirm();
    for each in [&mut phone, &mut second, &mut dad] {
        home.sync(each);
    }
    assert!(!phone.circle().words.is_news);
    assert_eq!(second.standing(), set(false, NOON + 1_000));
    assert!(second.circle().words.is_news);
    second.restart();
    assert!(second.circle().words.is_news, "not said yet");
    second.ask(Request::SeenWords).unwrap();
    second.restart();
    assert!(!second.circle().words.is_news);
    assert_eq!(dad.standing(), WordsStanding::None);
    assert!(!dad.circle().words.is_news);
}

#[test]
fn the_words_are_nowhere_on_the_phone_and_nowhere_on_the_server() {
    let mut home = Home::new();
    let mut phone = told_phone(&mut home);
    let made = phone.make();
    let words = made.words.join(" ");
    let secret = Phrase::read(&words).unwrap().secret().to_bytes();
    let secrets = [&secret[..32], &secret[32..64], &secret[64..]];
    let check = |phone: &Phone, home: &Home| {
        let rows = phone.opened_rows();
        assert!(rows.len() > 10, "the rows were opened");
        for bytes in rows.iter().chain(&home.carried) {
            for secret in secrets {
                assert!(!holds(bytes, secret));
            }
            assert!(!holds(bytes, words.as_bytes()));
        }
    };
    check(&phone, &home);
    phone.confirm(&made).unwrap();
    check(&phone, &home);
    home.sync(&mut phone);
    phone.tell("after");
    home.sync(&mut phone);
    check(&phone, &home);
    // Coming back tells the server neither the words nor the name of the circle in plain: it is
    // named only in exchanges, where the server knows it.
    let mut empty = home.phone(2);
    empty.restore(&words).unwrap();
    home.sync(&mut empty);
    check(&empty, &home);
    let database = format!("{:?}", home.database);
    let epoch_key = home_key(&phone);
    for secret in secrets.into_iter().chain([&epoch_key[..]]) {
        let shown = format!("{secret:?}");
        assert!(!database.contains(shown.trim_matches(['[', ']'])));
    }
    let id = Phrase::read(&words).unwrap().secret().keys().id();
    let shown = format!("{:?}", id.0);
    let is_there =
        database.contains(&id.to_string()) || database.contains(shown.trim_matches(['[', ']']));
    assert!(is_there, "what is looked for would be found");
}

/// The key of the first epoch, out of the phone's rows.
fn home_key(phone: &Phone) -> Vec<u8> {
    let rows = phone.opened_rows();
    let at = rows.iter().position(|row| row.starts_with(b"key/"));
    rows[at.unwrap() - 1].clone()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
