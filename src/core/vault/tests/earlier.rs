use std::collections::BTreeMap;

use super::*;
use crate::circle::note::Note;
use crate::record::DAY as DAY_FIELD;
use crate::story::{FEELING, HELPED};
use proptest::prelude::*;

impl Phone {
    /// Its versions field by field, each the shown one first.
    fn rewritten(&mut self, id: EntityId) -> Vec<Vec<Note>> {
        let versions = self.read(id).rewritten;
        let fields = versions.chunk_by(|one, other| (one.id, one.field) == (other.id, other.field));
        fields.map(<[Note]>::to_vec).collect()
    }

    fn bring_back(&mut self, past: &[Note], at: usize) -> Record {
        match self.ask(back(past, &past[at].words)) {
            Response::Record(record) => *record,
            other => panic!("{other:?}"),
        }
    }

    fn write(&mut self, id: EntityId, words: &str) -> Record {
        let mut edit = self.edit(id);
        edit.fields.insert(WORDS, words.into());
        self.try_save(&edit).unwrap()
    }
}

fn back(past: &[Note], words: &str) -> Request {
    Request::Settle {
        of: past[0].id,
        field: past[0].field,
        words: words.into(),
    }
}

/// What each version says, oldest first.
fn told(past: &[Note]) -> Vec<String> {
    let versions = past.iter().rev();
    versions.map(|version| version.words.clone()).collect()
}

#[derive(Clone, Debug)]
enum Act {
    Write(&'static str),
    Feel(&'static str),
    Move(i32),
    BringBack(usize, usize),
    Restart,
    /// The changes that wait are framed: they are the same under other names.
    Frame,
}

fn act() -> impl Strategy<Value = Act> {
    let said = |all: &'static [&'static str]| prop::sample::select(all);
    prop_oneof![
        4 => said(&["", "one", "two", "three"]).prop_map(Act::Write),
        2 => said(&["", "happy", "sad"]).prop_map(Act::Feel),
        1 => (0..3).prop_map(Act::Move),
        2 => (0..3_usize, 0..9_usize).prop_map(|(field, at)| Act::BringBack(field, at)),
        1 => Just(Act::Restart),
        1 => Just(Act::Frame),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_value_that_was_saved_is_there_once_for_each_save_in_order(acts in prop::collection::vec(act(), 1..20)) {
        let mut phone = Phone::new();
        let mut draft = phone.begin(RecordKind::Story);
        draft.fields.insert(WORDS, "first".into());
        // Whatever else is emptied, it stays a record.
        draft.fields.insert(HELPED, "always".into());
        draft.day = Some(Day(9));
        let id = phone.try_save(&draft).unwrap().id;
        let mut saved: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        saved.insert(WORDS, vec!["first".into()]);
        saved.insert(DAY_FIELD, vec!["9".into()]);
        for act in acts {
            phone.world.wait(1_000);
            let mut edit = phone.edit(id);
            match act {
                Act::Write(text) => drop(edit.fields.insert(WORDS, text.into())),
                Act::Feel(code) => drop(edit.fields.insert(FEELING, code.into())),
                Act::Move(day) => edit.day = (day > 0).then_some(Day(day)),
                Act::BringBack(field, at) => {
                    let fields = phone.rewritten(id);
                    let Some(past) = fields.get(field % fields.len().max(1)) else { continue };
                    let at = at % past.len();
                    phone.bring_back(past, at);
                    saved.get_mut(&past[0].field).unwrap().push(past[at].words.clone());
                    continue;
                }
                Act::Restart => {
                    phone = phone.restart();
                    continue;
                }
                Act::Frame => {
                    pollster::block_on(phone.vault.next_call()).unwrap();
                    continue;
                }
            }
            let was = phone.read(id);
            phone.try_save(&edit).unwrap();
            for field in [WORDS, FEELING] {
                let text = |fields: &SortedMap<u64, String>| fields.get(&field).cloned().unwrap_or_default();
                if text(&was.fields) != text(&edit.fields) {
                    saved.entry(field).or_default().push(text(&edit.fields));
                }
            }
            if was.day != edit.day {
                let day = edit.day.map_or(String::new(), |day| day.0.to_string());
                saved.entry(DAY_FIELD).or_default().push(day);
            }
        }
        let rewritten = phone.rewritten(id);
        let found: BTreeMap<u64, Vec<String>> =
            rewritten.iter().map(|past| (past[0].field, told(past))).collect();
        saved.retain(|_, versions| versions.len() > 1);
        prop_assert_eq!(&found, &saved);
        for past in &rewritten {
            prop_assert!(past.iter().all(|version| version.is_mine && version.id == id));
            prop_assert!(past.is_sorted_by(|one, other| one.written >= other.written));
        }
    }
}

#[test]
fn what_is_brought_back_is_an_edit_and_goes_back_the_same_way() {
    let mut phone = Phone::new();
    let id = phone.tell("We fed the ducks").id;
    assert!(phone.rewritten(id).is_empty());
    phone.world.wait(DAY);
    phone.write(id, "We fed the geese");
    let past = phone.rewritten(id).remove(0);
    let back = phone.bring_back(&past, 1);
    assert_eq!(back.fields.get(&WORDS).unwrap(), "We fed the ducks");
    let mut phone = phone.restart();
    assert_eq!(phone.read(id), back);
    let again = phone.bring_back(&past, 0);
    assert_eq!(again.fields.get(&WORDS).unwrap(), "We fed the geese");
    let past = phone.rewritten(id).remove(0);
    assert_eq!(past.len(), 4);
    assert_eq!(past[3].written, NOON);
}

#[test]
fn nothing_comes_back_that_was_never_there_or_is_in_the_bin_or_gone() {
    let mut phone = Phone::new();
    let id = phone.tell("one").id;
    let now = phone.write(id, "two");
    let past = phone.rewritten(id).remove(0);
    let never = phone.ask(back(&past, "three"));
    assert_eq!(never, Response::Record(Box::new(now)));
    phone.ask(Request::Delete(id));
    let binned = phone.read(id);
    phone.bring_back(&past, 1);
    assert_eq!(phone.read(id), binned);
    phone.ask(Request::Erase(id));
    for mut phone in [phone.second_tab(), phone] {
        let gone = phone.try_ask(back(&past, "one"));
        assert_eq!(gone, Err(Failure::NotFound));
    }
}

#[test]
fn what_stood_under_a_photo_comes_back_and_goes_with_the_photo() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "words".into());
    phone.journal(&draft).unwrap();
    phone.add_photo(&draft, photo(b"1")).unwrap();
    let id = phone.try_save(&draft).unwrap().id;
    let caption = |phone: &mut Phone, text: &str| {
        let edit = phone.edit(id);
        phone.ask(Request::CaptionPhoto {
            draft: id,
            photo: edit.photos[0].id,
            caption: text.into(),
        });
        phone.try_save(&edit).unwrap();
    };
    caption(&mut phone, "The slide");
    assert!(phone.rewritten(id).is_empty(), "it had none before");
    caption(&mut phone, "The swing");
    let past = phone.rewritten(id).remove(0);
    let back = phone.bring_back(&past, 1);
    assert_eq!(back.photos[0].caption, "The slide");
    let edit = phone.edit(id);
    phone.ask(Request::RemovePhoto {
        draft: id,
        photo: past[0].id,
    });
    phone.try_save(&edit).unwrap();
    assert!(phone.rewritten(id).is_empty());
}
