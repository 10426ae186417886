//! An empty phone comes back with the words, whatever happens on the way.

use crate::phone::Phone;
use crate::world::Home;
use hearth_core::circle::words::WordsFault;
use hearth_core::circle::{RecoveryStage, Removal, WordsStanding};
use hearth_core::messages::{Failure, Request};
use hearth_core::vault::{Progress, Reply};
use hearth_protocol::exchange::Endpoint;
use hearth_server::journal::{FileJournal, replay};
use std::sync::Arc;

/// A phone with everything that a phone can hold, on the server, and its words.
pub(crate) fn lived_in(home: &mut Home) -> (Phone, String) {
    let mut phone = home.phone(1);
    let photo = phone.tell_with_photo("with a photo");
    let changed = phone.tell("changed");
    phone.edit(changed, "changed once");
    phone.edit(changed, "changed twice");
    let binned = phone.tell("in the bin");
    phone.ask(Request::Delete(binned)).unwrap();
    let (record, words) = (photo, "a note".to_owned());
    phone.ask(Request::AddNote { record, words }).unwrap();
    phone.ask(Request::AddChild("Sam".into())).unwrap();
    let words = phone.make_and_confirm();
    home.sync(&mut phone);
    (phone, words)
}

fn come_back(home: &mut Home, words: &str) -> Phone {
    let mut empty = home.phone(9);
    empty.restore(words).unwrap();
    home.sync(&mut empty);
    assert_eq!(empty.stage(), None);
    empty
}

#[test]
fn everything_comes_back_photos_history_notes_and_bin() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let mut back = come_back(&mut home, &words);
    assert_eq!(back.everything(), phone.everything());
    assert_eq!(back.everything().len(), 3);
    assert_eq!(back.replica().id(), phone.replica().id());
    assert_eq!(back.replica().me().person, phone.replica().me().person);
    assert_ne!(back.device(), phone.device());
    assert_eq!(back.circle().sync.trouble, None);
    back.restart();
    assert_eq!(back.everything(), phone.everything());
    // It writes like any other phone, the words stay good, and the lost one can be taken out.
    back.tell("after");
    home.sync(&mut back);
    home.sync(&mut phone);
    assert_eq!(phone.told(), back.told());
    let mine = |phone: &Phone| {
        phone
            .circle()
            .people
            .into_iter()
            .find(|one| one.is_me)
            .unwrap()
    };
    let devices = mine(&phone).devices;
    let new = devices.iter().find(|one| one.id == back.device()).unwrap();
    assert!(new.came_by_words, "the other phones are told how it came");
    assert_eq!(devices.iter().filter(|one| one.came_by_words).count(), 1);
    let lost = mine(&back)
        .devices
        .into_iter()
        .find(|one| !one.is_this)
        .unwrap();
    assert_eq!(lost.removal, Removal::Possible);
    let (person, device) = (mine(&back).id, Some(lost.id));
    back.ask(Request::Remove { person, device }).unwrap();
    home.sync(&mut back);
    assert_eq!(mine(&back).devices.len(), 1);
    back.tell("only for the one that is left");
    home.sync(&mut back);
    assert_eq!(
        back.safe(),
        back.told(),
        "the words read the new epoch as well"
    );
    let mut third = come_back(&mut home, &words);
    assert_eq!(third.everything(), back.everything());
}

#[test]
fn every_safe_item_comes_back_whenever_the_phone_is_thrown_away() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    let mut words: Option<String> = None;
    for step in 0..8 {
        match step {
            0 => drop(phone.tell_with_photo("one")),
            2 => words = Some(phone.make_and_confirm()),
            4 => drop(phone.tell_with_photo("two")),
            6 => words = Some(phone.make_and_confirm()),
            _ => home.sync(&mut phone),
        }
        let safe = phone.safe();
        let before = home.database.snapshot();
        let shown = home.database.clone();
        if let Some(words) = words.as_ref().filter(|_| !safe.is_empty() && step != 6) {
            home.restart(before);
            let mut back = come_back(&mut home, words);
            let told = back.told();
            assert!(safe.iter().all(|one| told.contains(one)), "step {step}");
            assert!(!back.everything().is_empty());
            home.restart(shown);
        } else {
            let is_new = step == 6 && !safe.is_empty();
            assert!(safe.is_empty() || is_new, "step {step}: safe without words");
        }
    }
    assert_eq!(phone.safe(), ["one", "two"]);
}

#[test]
fn another_persons_things_come_back_and_are_still_theirs() {
    let mut home = Home::new();
    let mut mum = home.phone(1);
    mum.tell("from mum");
    home.sync(&mut mum);
    let mut dad = home.phone(2);
    mum.let_in(&mut dad, &mut home);
    dad.tell("from dad");
    let words = dad.make_and_confirm();
    home.sync(&mut dad);
    mum.tell("later");
    home.sync(&mut mum);
    let mut back = come_back(&mut home, &words);
    home.sync(&mut dad);
    assert_eq!(back.everything(), dad.everything());
    assert_eq!(back.told(), ["from dad", "from mum", "later"]);
    assert!(
        !back.circle().may_invite,
        "dad does not manage, and his words do not either"
    );
}

#[test]
fn it_waits_for_a_server_that_is_not_there_and_for_one_that_has_troubles() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    empty.restore(&words).unwrap();
    for _ in 0..3 {
        let call = empty.next_call().unwrap();
        assert_eq!(call.endpoint, Endpoint::Recover);
        assert_eq!(empty.take(&call, Reply::Unreachable), Progress::Wait);
        assert!(empty.circle().recovery.unwrap().is_offline);
        empty.restart();
        assert_eq!(empty.stage(), Some(RecoveryStage::Asking));
    }
    let troubles: [(u16, &[u8]); 4] = [
        (200, b"<html>Sign in to the Wi-Fi</html>"),
        (404, b"<html>no such page</html>"),
        (429, b"too many"),
        (503, b"the server cannot answer now"),
    ];
    for (status, body) in troubles {
        let call = empty.next_call().unwrap();
        let body = body.to_vec();
        assert_eq!(
            empty.take(&call, Reply::Answered { status, body }),
            Progress::Wait
        );
        assert_eq!(empty.stage(), Some(RecoveryStage::Asking), "{status}");
    }
    home.sync(&mut empty);
    assert_eq!(empty.everything(), phone.everything());
}

#[test]
fn a_wrong_clock_is_set_right_by_the_server() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    empty.restore(&words).unwrap();
    let call = empty.next_call().unwrap();
    home.wait(3_600_000);
    let reply = home.answer(&call);
    assert!(matches!(reply, Reply::Answered { status: 401, .. }));
    assert_eq!(empty.take(&call, reply), Progress::GoOn);
    let card = empty.next_call().unwrap();
    assert_eq!(card.endpoint, Endpoint::Server);
    let reply = home.answer(&card);
    empty.take(&card, reply);
    home.sync(&mut empty);
    assert_eq!(empty.everything(), phone.everything());
}

/// Ends the process of the phone that comes back after each number of transactions in turn.
#[test]
fn it_goes_on_after_an_end_between_any_two_steps() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let (all, database) = (phone.everything(), home.database.snapshot());
    let mut is_through = false;
    for writes in 0..40 {
        home.restart(database.snapshot());
        let mut empty = home.phone(9);
        empty.fail_after(writes);
        let begun = empty.restore(&words);
        is_through = begun.is_ok() && run_until_it_fails(&mut home, &mut empty);
        empty.restart();
        if begun.is_err() {
            assert_eq!(empty.stage(), None, "nothing half begun");
            empty.restore(&words).unwrap();
        }
        home.sync(&mut empty);
        home.sync(&mut empty);
        assert_eq!(empty.everything(), all, "after {writes} transactions");
        assert_eq!(empty.stage(), None);
        let people = empty.circle().people;
        assert_eq!(people[0].devices.len(), 2, "one new phone, not two");
        if is_through {
            break;
        }
    }
    assert!(is_through, "the last round met no end");
}

fn run_until_it_fails(home: &mut Home, phone: &mut Phone) -> bool {
    phone.vault.look_for_news();
    for _ in 0..200 {
        let Ok(call) = phone.try_next_call() else {
            return false;
        };
        let Some(call) = call else {
            return true;
        };
        let reply = home.answer(&call);
        if phone.try_take(&call, reply).is_err() {
            return false;
        }
    }
    panic!("it never rests");
}

/// Loses each answer in turn: the server has done what it was asked, and ends.
#[test]
fn it_goes_on_after_any_answer_was_lost_and_the_server_killed() {
    let mut home = Home::new();
    let (mut phone, words) = lived_in(&mut home);
    let (all, database) = (phone.everything(), home.database.snapshot());
    for lost in 0..8 {
        home.restart(database.snapshot());
        let mut empty = home.phone(9);
        empty.restore(&words).unwrap();
        for number in 0.. {
            let Some(call) = empty.next_call() else {
                break;
            };
            let reply = home.answer(&call);
            if number == lost {
                let same = home.database.clone();
                home.restart(same);
                empty.take(&call, Reply::Unreachable);
                empty.restart();
                break;
            }
            empty.take(&call, reply);
        }
        home.sync(&mut empty);
        assert_eq!(empty.everything(), all, "answer {lost}");
        let people = empty.circle().people;
        assert_eq!(people[0].devices.len(), 2, "answer {lost}");
    }
}

#[test]
fn what_was_told_on_the_phone_before_comes_along() {
    let mut home = Home::new();
    let (_, words) = lived_in(&mut home);
    let mut new = home.phone(9);
    new.tell("told on the new phone");
    home.sync(&mut new);
    new.restore(&words).unwrap();
    new.tell("told while it was on its way");
    home.sync(&mut new);
    let all = [
        "changed twice",
        "told on the new phone",
        "told while it was on its way",
        "with a photo",
    ];
    assert_eq!(new.told(), all);
    assert_eq!(new.safe(), all);
    let mut third = home.phone(8);
    third.restore(&words).unwrap();
    home.sync(&mut third);
    assert_eq!(third.told(), all);
}

#[test]
fn words_that_are_wrong_say_so_before_anything_is_sent() {
    let mut home = Home::new();
    let (_, words) = lived_in(&mut home);
    let mut empty = home.phone(9);
    let mut typed: Vec<&str> = words.split(' ').collect();
    typed[4] = "fibre";
    let wrong = WordsFault::NotInList {
        place: 5,
        word: "fibre".to_owned(),
    };
    assert_eq!(empty.restore(&typed.join(" ")), Err(Failure::Words(wrong)));
    let short = typed[..4].join(" ");
    assert_eq!(
        empty.restore(&short),
        Err(Failure::Words(WordsFault::HowMany(4)))
    );
    let other = "legal winner thank year wave sausage worth useful legal winner yellow thank";
    assert_eq!(
        empty.restore(other),
        Err(Failure::Words(WordsFault::DoNotFit))
    );
    assert_eq!(empty.stage(), None);
    assert!(empty.next_call().is_none());
}

#[test]
fn a_server_of_yesterday_is_told_again_and_gives_everything_to_the_words() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    phone.tell_with_photo("before");
    home.sync(&mut phone);
    let yesterday = home.database.snapshot();
    phone.tell("after");
    let words = phone.make_and_confirm();
    home.sync(&mut phone);
    assert_eq!(phone.safe(), ["after", "before"]);
    home.restart(yesterday);
    let mut early = home.phone(8);
    early.restore(&words).unwrap();
    home.sync(&mut early);
    assert_eq!(early.stage(), Some(RecoveryStage::NotFound));
    for _ in 0..3 {
        home.sync(&mut phone);
    }
    home.sync(&mut early);
    assert_eq!(early.everything(), phone.everything());
}

#[test]
fn words_that_the_server_lost_do_not_count_until_it_has_them_again() {
    let mut home = Home::new();
    let mut phone = home.phone(1);
    phone.tell("before");
    home.sync(&mut phone);
    let yesterday = home.database.snapshot();
    let words = phone.make_and_confirm();
    home.sync(&mut phone);
    assert_eq!(phone.safe(), ["before"]);
    home.restart(yesterday);
    phone.vault.look_for_news();
    let call = phone.next_call().unwrap();
    let reply = home.answer(&call);
    phone.take(&call, reply);
    assert!(phone.safe().is_empty());
    let is_older_good = false;
    assert_eq!(phone.standing(), WordsStanding::Waiting { is_older_good });
    home.sync(&mut phone);
    home.sync(&mut phone);
    assert_eq!(phone.safe(), ["before"]);
    assert_eq!(come_back(&mut home, &words).told(), ["before"]);
}

/// The journal has the entry and no grants: without anybody's asking the phone brings them again.
#[test]
fn a_server_whose_journal_kept_the_entry_gets_the_keys_for_the_words_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut home = Home::new();
    let (journal, _) = FileJournal::open(&path).unwrap();
    home.api = home.api.clone().with_journal(Arc::new(journal));
    let mut phone = home.phone(1);
    phone.tell("before");
    home.sync(&mut phone);
    let yesterday = home.database.snapshot();
    let words = phone.make_and_confirm();
    home.sync(&mut phone);
    let (journal, records) = FileJournal::open(&path).unwrap();
    let replayed = replay(&yesterday, &journal, records);
    assert_eq!(pollster::block_on(replayed).unwrap().entries, 1);
    home.restart(yesterday);
    home.sync(&mut phone);
    home.sync(&mut phone);
    assert_eq!(come_back(&mut home, &words).told(), ["before"]);
}
