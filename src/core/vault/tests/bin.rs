use super::*;

fn in_bin() -> Filter {
    Filter {
        in_bin: true,
        ..Filter::default()
    }
}

#[test]
fn what_was_deleted_comes_back_whole() {
    let mut phone = Phone::new();
    let record = phone.tell("kept");
    phone.ask(Request::Delete(record.id));
    assert_eq!(
        (phone.words().len(), phone.timeline(in_bin()).total),
        (0, 1)
    );
    let mut phone = phone.restart();
    assert_eq!(phone.timeline(in_bin()).total, 1);
    phone.ask(Request::Restore(record.id));
    let back = phone.read(record.id);
    assert_eq!((back.fields, back.deleted), (record.fields, None));
}

#[test]
fn the_bin_ends_after_thirty_days_with_photos_and_all() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "words".into());
    phone.journal(&draft).unwrap();
    phone.add_photo(&draft, photo(b"1")).unwrap();
    let id = phone.try_save(&draft).unwrap().id;
    phone.tell("another");
    phone.ask(Request::Delete(id));
    phone.tidy();
    for days in [15, 29] {
        phone.world.set(NOON + days * DAY);
        phone.tidy();
        assert_eq!((phone.timeline(in_bin()).total, phone.blobs()), (1, 2));
    }
    phone.world.set(NOON + 31 * DAY);
    phone.tidy();
    let mut phone = phone.restart();
    assert_eq!((phone.timeline(in_bin()).total, phone.blobs()), (0, 0));
    assert_eq!(phone.words(), ["another"]);
}

#[test]
fn a_clock_set_to_the_wrong_year_does_not_empty_the_bin() {
    let mut phone = Phone::new();
    let record = phone.tell("kept");
    phone.ask(Request::Delete(record.id));
    phone.tidy();
    phone.world.set(NOON + 3_650 * DAY);
    phone.tidy();
    assert_eq!(phone.timeline(in_bin()).total, 1);
}

#[test]
fn only_what_lies_in_the_bin_can_be_ended() {
    let mut phone = Phone::new();
    let record = phone.tell("kept");
    assert_eq!(
        phone.try_ask(Request::Erase(record.id)),
        Err(Failure::NotFound)
    );
    phone.ask(Request::Delete(record.id));
    phone.ask(Request::Erase(record.id));
    assert_eq!(
        phone.try_ask(Request::Read(record.id)),
        Err(Failure::NotFound)
    );
    assert!(
        pollster::block_on(phone.store.keys(Table::Changes))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn photos_that_nothing_names_are_forgotten_and_those_of_drafts_are_not() {
    let mut phone = Phone::new();
    let draft = phone.begin(RecordKind::Story);
    let kept = phone.add_photo(&draft, photo(b"1")).unwrap();
    let kept = phone.add_photo(&kept, photo(b"2")).unwrap();
    phone.ask(Request::RemovePhoto {
        draft: draft.id,
        photo: kept.photos[0].id,
    });
    assert_eq!(phone.blobs(), 4);
    phone.tidy();
    assert_eq!(phone.blobs(), 2);
    assert!(phone.try_ask(Request::Blob(kept.photos[1].blob)).is_ok());
}
