//! Earlier versions, after edits on two phones in whatever order.

use super::{Home, bring_in};
use hearth_core::EntityId;
use hearth_core::circle::Whom;
use hearth_core::circle::note::Note;
use hearth_core::messages::{Failure, Request};
use hearth_core::record::WORDS;
use hearth_tests::phones::Phone;
use proptest::prelude::*;

/// The versions of its words; none where there is only one.
fn past(phone: &mut Phone, id: EntityId) -> Vec<Note> {
    let versions = phone.read(id).rewritten;
    let are_words = versions.iter().all(|version| version.field == WORDS);
    assert!(are_words, "nothing else was changed");
    versions
}

/// What each version says, oldest first.
fn told(past: &[Note]) -> Vec<String> {
    let versions = past.iter().rev();
    versions.map(|version| version.words.clone()).collect()
}

fn back(id: EntityId, words: &str) -> Request {
    Request::Settle {
        of: id,
        field: WORDS,
        words: words.into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_two_phones_saved_is_there_once_for_each_save_and_each_phones_in_order(
        acts in prop::collection::vec((0..2_usize, prop::bool::ANY), 1..12)
    ) {
        let home = Home::new();
        let mut phones = [home.phone(1), home.phone(2)];
        let id = phones[0].tell("first").id;
        let [first, second] = &mut phones;
        bring_in(&home, first, second, Whom::MyPhone);
        let mut saved = [vec!["first".to_owned()], Vec::new()];
        for (at, (one, is_edit)) in acts.into_iter().enumerate() {
            phones[one].world.wait(1_000);
            if is_edit {
                let words = format!("{at} on {one}");
                phones[one].edit(id, &words);
                saved[one].push(words);
            } else {
                home.sync(&mut phones[one]);
            }
        }
        for one in [0, 1, 0] {
            home.sync(&mut phones[one]);
        }
        let all: usize = saved.iter().map(Vec::len).sum();
        let here = past(&mut phones[0], id);
        prop_assert_eq!(&here, &past(&mut phones[1], id));
        prop_assert_eq!(here.len(), if all > 1 { all } else { 0 });
        if all == 1 {
            return Ok(());
        }
        for saved in &saved {
            let there: Vec<String> = told(&here).into_iter().filter(|it| saved.contains(it)).collect();
            prop_assert_eq!(&there, saved);
        }
        // The oldest, on the phone that did not write it.
        phones[1].ask(back(id, "first"));
        for one in [1, 0] {
            home.sync(&mut phones[one]);
            let record = phones[one].read(id);
            prop_assert_eq!(record.fields.get(&WORDS).unwrap(), "first");
            prop_assert!(record.conflicts.is_empty(), "it had seen both sides");
            let past = past(&mut phones[one], id);
            prop_assert_eq!(past.len(), all + 1);
            prop_assert_eq!(&past[0].words, "first");
        }
    }
}

#[test]
fn somebody_elses_earlier_words_are_read_with_their_name_and_not_brought_back() {
    let home = Home::new();
    let (mut first, mut second) = (home.phone(1), home.phone(2));
    let id = first.tell("one").id;
    first.edit(id, "two");
    home.sync(&mut first);
    let whom = Whom::Person { reads_all: true };
    bring_in(&home, &mut first, &mut second, whom);
    let past = past(&mut second, id);
    assert_eq!(told(&past), ["one", "two"]);
    assert!(past.iter().all(|it| it.by == "Mum" && !it.is_mine));
    assert_eq!(second.try_ask(back(id, "one")), Err(Failure::NotYours));
}
