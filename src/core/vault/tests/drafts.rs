use super::*;

#[test]
fn what_was_typed_is_offered_again_after_a_restart() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Feedback);
    draft.fields.insert(WORDS, "The ramp is".into());
    phone.journal(&draft).unwrap();
    let drafts = phone.restart().vault.drafts();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].fields, draft.fields);
    assert_eq!(
        (drafts[0].id, drafts[0].kind),
        (draft.id, RecordKind::Feedback)
    );
}

#[test]
fn a_draft_nobody_wrote_in_is_not_offered() {
    let mut phone = Phone::new();
    let draft = phone.begin(RecordKind::Story);
    phone.journal(&draft).unwrap();
    assert!(phone.vault.drafts().is_empty());
}

#[test]
fn a_slow_photo_and_fast_typing_do_not_overwrite_each_other() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "a".into());
    phone.journal(&draft).unwrap();
    phone.add_photo(&draft, photo(b"1")).unwrap();
    draft.fields.insert(WORDS, "ab".into());
    phone.journal(&draft).unwrap();
    let kept = phone.add_photo(&draft, photo(b"2")).unwrap();
    assert_eq!(kept.fields.get(&WORDS).unwrap(), "ab");
    assert_eq!(kept.photos.len(), 2);
}

#[test]
fn a_draft_thrown_away_comes_back_whole() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "words".into());
    phone.journal(&draft).unwrap();
    let kept = phone.add_photo(&draft, photo(b"1")).unwrap();
    let Response::Draft(thrown) = phone.ask(Request::Discard(draft.id)) else {
        panic!()
    };
    assert!(phone.vault.drafts().is_empty());
    phone.ask(Request::PutBack(*thrown));
    assert_eq!(phone.restart().vault.drafts(), [kept]);
}

#[test]
fn photos_of_an_edit_are_added_captioned_and_taken_away() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "words".into());
    phone.journal(&draft).unwrap();
    phone.add_photo(&draft, photo(b"1")).unwrap();
    let record = phone.try_save(&draft).unwrap();
    let first = record.photos[0].id;

    let caption = Request::CaptionPhoto {
        draft: record.id,
        photo: first,
        caption: "The bike".into(),
    };
    phone.ask(caption);
    let edit = phone.edit(record.id);
    assert_eq!(phone.try_save(&edit).unwrap().photos[0].caption, "The bike");

    phone.ask(Request::RemovePhoto {
        draft: record.id,
        photo: first,
    });
    let edit = phone.edit(record.id);
    phone.add_photo(&edit, photo(b"2")).unwrap();
    let saved = phone.try_save(&edit).unwrap();
    assert_eq!(saved.photos.len(), 1);
    assert_ne!(saved.photos[0].id, first);
    assert_eq!(phone.restart().read(record.id), saved);
}

#[test]
fn a_picture_that_says_where_it_was_taken_is_refused_and_the_words_stay() {
    let mut phone = Phone::new();
    let mut draft = phone.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "words".into());
    phone.journal(&draft).unwrap();
    let mut telling = photo(b"1");
    telling.jpeg.splice(2..2, *b"\xff\xe1\x00\x08Exif\0\0");
    assert!(matches!(
        phone.add_photo(&draft, telling),
        Err(Failure::UnreadablePhoto(_))
    ));
    let drafts = phone.restart().vault.drafts();
    assert_eq!(
        (drafts[0].fields.clone(), drafts[0].photos.len()),
        (draft.fields, 0)
    );
}
