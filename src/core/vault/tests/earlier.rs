use super::*;
use crate::record::{DAY as DAY_FIELD, Earlier, Rewritten, Said};
use crate::story::{FEELING, HELPED};
use proptest::prelude::*;

impl Phone {
    fn earlier(&mut self, id: EntityId) -> Earlier {
        match self.ask(Request::Earlier(id)) {
            Response::Earlier(earlier) => earlier,
            other => panic!("{other:?}"),
        }
    }

    fn bring_back(&mut self, record: EntityId, past: &Rewritten, said: Said) -> Record {
        match self.ask(back(record, past, said)) {
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

fn back(record: EntityId, past: &Rewritten, said: Said) -> Request {
    Request::BringBack {
        record,
        of: past.of,
        field: past.field,
        said,
    }
}

fn words(words: &str) -> Said {
    match words {
        "" => Said::Nothing,
        words => Said::Words(words.into()),
    }
}

/// What each version says, oldest first.
fn told(past: &Rewritten) -> Vec<Said> {
    let versions = past.versions.iter().rev();
    versions.map(|version| version.said.clone()).collect()
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
        let mut saved: BTreeMap<u64, Vec<Said>> = BTreeMap::new();
        saved.insert(WORDS, vec![words("first")]);
        saved.insert(DAY_FIELD, vec![Said::Day(Day(9))]);
        for act in acts {
            phone.world.wait(1_000);
            let mut edit = phone.edit(id);
            match act {
                Act::Write(text) => drop(edit.fields.insert(WORDS, text.into())),
                Act::Feel(code) => drop(edit.fields.insert(FEELING, code.into())),
                Act::Move(day) => edit.day = (day > 0).then_some(Day(day)),
                Act::BringBack(field, at) => {
                    let fields = phone.earlier(id).fields;
                    let Some(past) = fields.get(field % fields.len().max(1)) else { continue };
                    let version = past.versions[at % past.versions.len()].clone();
                    phone.bring_back(id, past, version.said.clone());
                    saved.get_mut(&past.field).unwrap().push(version.said);
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
                    saved.entry(field).or_default().push(words(&text(&edit.fields)));
                }
            }
            if was.day != edit.day {
                let said = edit.day.map_or(Said::Nothing, Said::Day);
                saved.entry(DAY_FIELD).or_default().push(said);
            }
        }
        let earlier = phone.earlier(id);
        let found: BTreeMap<u64, Vec<Said>> =
            earlier.fields.iter().map(|past| (past.field, told(past))).collect();
        saved.retain(|_, versions| versions.len() > 1);
        prop_assert_eq!(&found, &saved);
        prop_assert_eq!(phone.read(id).has_earlier, !saved.is_empty());
        for past in &earlier.fields {
            let shown: Vec<bool> = past.versions.iter().map(|version| version.is_shown).collect();
            prop_assert_eq!(shown.iter().filter(|is_shown| **is_shown).count(), 1);
            prop_assert!(shown[0] && past.versions.iter().all(|version| version.is_mine));
            prop_assert!(past.versions.is_sorted_by(|one, other| one.when >= other.when));
        }
    }
}

#[test]
fn what_is_brought_back_is_an_edit_and_goes_back_the_same_way() {
    let mut phone = Phone::new();
    let id = phone.tell("We fed the ducks").id;
    assert!(!phone.read(id).has_earlier);
    phone.world.wait(DAY);
    phone.write(id, "We fed the geese");
    let past = phone.earlier(id).fields.remove(0);
    let back = phone.bring_back(id, &past, words("We fed the ducks"));
    assert_eq!(back.fields.get(&WORDS).unwrap(), "We fed the ducks");
    let mut phone = phone.restart();
    assert_eq!(phone.read(id), back);
    let again = phone.bring_back(id, &past, words("We fed the geese"));
    assert_eq!(again.fields.get(&WORDS).unwrap(), "We fed the geese");
    let past = phone.earlier(id).fields.remove(0);
    assert_eq!(past.versions.len(), 4);
    assert_eq!(past.versions[3].when, NOON);
}

#[test]
fn nothing_comes_back_that_was_never_there_or_is_in_the_bin_or_gone() {
    let mut phone = Phone::new();
    let id = phone.tell("one").id;
    phone.write(id, "two");
    let past = phone.earlier(id).fields.remove(0);
    let never = phone.try_ask(back(id, &past, words("three")));
    assert_eq!(never, Err(Failure::NotFound));
    phone.ask(Request::Delete(id));
    assert!(!phone.earlier(id).may_bring_back);
    let binned = phone.try_ask(back(id, &past, words("one")));
    assert_eq!(binned, Err(Failure::NotYours));
    assert!(phone.read(id).deleted.is_some());
    phone.ask(Request::Erase(id));
    for mut phone in [phone.second_tab(), phone] {
        let gone = phone.try_ask(Request::Earlier(id));
        assert_eq!(gone, Err(Failure::NotFound));
        let gone = phone.try_ask(back(id, &past, words("one")));
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
    assert!(!phone.read(id).has_earlier, "it had none before");
    caption(&mut phone, "The swing");
    let past = phone.earlier(id).fields.remove(0);
    let back = phone.bring_back(id, &past, words("The slide"));
    assert_eq!(back.photos[0].caption, "The slide");
    let edit = phone.edit(id);
    phone.ask(Request::RemovePhoto {
        draft: id,
        photo: past.of,
    });
    phone.try_save(&edit).unwrap();
    assert_eq!(phone.earlier(id).fields, []);
}
