use super::*;
use crate::handout::{Content, Line, Part, SHEET, Sheet};
use crate::{achievement, story};

#[test]
fn a_story_with_a_photo_is_there_after_a_restart() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "He rode his bike".into());
    draft.fields.insert(story::FEELING, "happy".into());
    phone.journal(&draft).unwrap();
    let with_photo = phone.add_photo(&draft, photo(b"picture")).unwrap();
    let saved = phone.try_save(&draft).unwrap();
    let mut phone = phone.restart();
    let read = phone.read(saved.id);
    assert_eq!(read, saved);
    assert_eq!(read.photos, with_photo.photos);
    assert_eq!(
        read.day.map(|day| day.to_string()),
        Some("2026-05-31".into())
    );
    let Response::Bytes(bytes) = phone.ask(Request::Blob(read.photos[0].blob)) else {
        panic!()
    };
    assert_eq!(bytes, photo(b"picture").jpeg);
    assert!(
        phone.vault.drafts().is_empty(),
        "the draft ended with the save"
    );
}

#[test]
fn nothing_a_person_wrote_lies_open_in_the_store() {
    let mut phone = Phone::new();
    phone.ask(Request::AddChild("Zebedee".into()));
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "canary-in-words".into());
    phone.journal(&draft).unwrap();
    phone.add_photo(&draft, photo(b"canary-in-photo")).unwrap();
    let bytes = phone.store.all_bytes();
    for canary in [
        "Zebedee",
        "canary-in-words",
        "canary-in-photo",
        "story",
        "happy",
    ] {
        assert!(
            !bytes
                .windows(canary.len())
                .any(|found| found == canary.as_bytes()),
            "{canary}"
        );
    }
}

#[test]
fn what_was_hidden_on_a_page_is_not_in_it_once_it_is_saved() {
    let fact = |is_shown, answer: &str| Line {
        is_shown,
        content: Content::Fact("Where?".into(), answer.into()),
    };
    let page = |lines| {
        let parts = vec![Part {
            record: EntityId([7; 16]),
            kind: Some(RecordKind::Story),
            lines,
        }];
        Sheet { parts }.write()
    };
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Handout);
    let both = page(vec![fact(true, "At the pool"), fact(false, "canary")]);
    draft.fields.insert(SHEET, both.clone());
    phone.journal(&draft).unwrap();
    let Response::Drafts(kept) = phone.ask(Request::Drafts) else {
        panic!("no drafts");
    };
    assert_eq!(
        kept[0].fields.get(&SHEET).unwrap(),
        &both,
        "while it is made"
    );
    let saved = phone.try_save(&draft).unwrap();
    let given = page(vec![fact(true, "At the pool")]);
    assert_eq!(saved.fields.get(&SHEET).unwrap(), &given);
    assert_eq!(
        phone.restart().read(saved.id).fields.get(&SHEET).unwrap(),
        &given
    );
}

#[test]
fn any_one_field_is_enough_and_none_is_too_little() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Achievement);
    assert_eq!(phone.try_save(&draft), Err(Failure::Empty));
    draft.fields.insert(achievement::LED_BY, "child".into());
    assert!(phone.try_save(&draft).is_ok());
}

#[test]
fn an_edit_changes_what_differs_and_keeps_codes_of_a_newer_build() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(story::FEELING, "hopeful".into());
    draft.fields.insert(77, "a field of tomorrow".into());
    draft.fields.insert(WORDS, "first".into());
    let id = phone.try_save(&draft).unwrap().id;
    phone.world.set(NOON + 1_000);
    let mut edit = phone.edit(id);
    edit.fields.insert(WORDS, "second".into());
    edit.day = None;
    let saved = phone.try_save(&edit).unwrap();
    assert_eq!(saved.fields.get(&WORDS).unwrap(), "second");
    assert_eq!(saved.fields.get(&story::FEELING).unwrap(), "hopeful");
    assert_eq!(saved.fields.get(&77).unwrap(), "a field of tomorrow");
    assert_eq!(
        (saved.day, saved.written, saved.changed),
        (None, NOON, NOON + 1_000)
    );
    assert_eq!(phone.restart().read(id), saved);
}

#[test]
fn the_timeline_is_by_the_day_it_happened_and_filters_by_kind_and_child() {
    let mut phone = Phone::new();
    let Response::Children(children) = phone.ask(Request::AddChild("Sam".into())) else {
        panic!()
    };
    phone.tell("today");
    let mut earlier = phone.begin(RecordKind::Achievement);
    earlier.day = earlier.day.map(|day| Day(day.0 - 40));
    earlier.child = Some(children[0].id);
    earlier.fields.insert(WORDS, "forty days ago".into());
    phone.try_save(&earlier).unwrap();
    assert_eq!(phone.words(), ["today", "forty days ago"]);
    let of_kind = Filter {
        kind: Some(RecordKind::Achievement),
        ..Filter::default()
    };
    assert_eq!(phone.timeline(of_kind).total, 1);
    let of_child = Filter {
        child: Some(children[0].id),
        ..Filter::default()
    };
    assert_eq!(phone.timeline(of_child).records[0].words, "forty days ago");
    assert_eq!(
        phone.begin(RecordKind::Story).child,
        Some(children[0].id),
        "the last choice is filled in"
    );
    assert_eq!(
        phone.restart().begin(RecordKind::Story).child,
        Some(children[0].id)
    );
}

#[test]
fn pages_of_the_timeline_leave_nothing_out() {
    let mut phone = Phone::new();
    for at in 0..7 {
        phone.tell(&format!("story {at}"));
    }
    let all = phone.words();
    let mut paged = Vec::new();
    for offset in [0, 3, 6] {
        let request = Request::Timeline {
            filter: Filter::default(),
            offset,
            limit: 3,
        };
        let Response::Page(page) = phone.ask(request) else {
            panic!()
        };
        assert_eq!(page.total, 7);
        paged.extend(page.records.into_iter().map(|record| record.words));
    }
    assert_eq!(paged, all);
}

#[test]
fn a_damaged_row_is_counted_and_kept_and_the_others_open() {
    let mut phone = Phone::new();
    phone.tell("one");
    phone.tell("two");
    let key = pollster::block_on(phone.store.keys(Table::Changes))
        .unwrap()
        .remove(0);
    phone.store.damage(Table::Changes, &key, |row| row[40] ^= 1);
    let mut phone = phone.restart();
    phone.tidy();
    assert_eq!(phone.words(), ["two"]);
    assert_eq!(
        (phone.vault.health().damaged, phone.vault.health().later),
        (1, 0)
    );
    phone.store.damage(Table::Changes, &key, |row| row[0] = 9);
    let mut phone = phone.restart();
    phone.tidy();
    assert_eq!(
        (phone.vault.health().damaged, phone.vault.health().later),
        (0, 1)
    );
    assert_eq!(
        pollster::block_on(phone.store.keys(Table::Changes))
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn too_many_words_stay_a_draft() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "a".repeat(200_000));
    phone.journal(&draft).unwrap();
    assert_eq!(phone.try_save(&draft), Err(Failure::TooLong));
    assert_eq!(phone.restart().vault.drafts()[0].fields, draft.fields);
}
