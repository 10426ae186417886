use super::*;

fn record(fields: &[(u64, &str)]) -> Record {
    Record {
        id: EntityId([1; 16]),
        kind: RecordKind::Story,
        child: None,
        day: None,
        written: 0,
        changed: 0,
        deleted: None,
        fields: fields
            .iter()
            .map(|(field, text)| (*field, (*text).to_owned()))
            .collect(),
        photos: vec![],
        is_mine: true,
        by: String::new(),
        notes: vec![],
        conflicts: vec![],
        rewritten: vec![],
        whereabouts: Whereabouts::OnThisPhone,
        readers: Vec::new(),
    }
}

#[test]
fn a_list_shows_the_beginning_of_the_words_without_cutting_a_letter() {
    let long = record(&[(WORDS, &"é".repeat(500))]).summarize(Day(3));
    assert_eq!(long.words.chars().count(), SUMMARY_CHARS);
    assert_eq!(long.day, Day(3));
}

#[test]
fn a_record_of_one_other_answer_is_shown_by_it() {
    assert_eq!(
        record(&[(story::HELPED, "The quiet room")])
            .summarize(Day(0))
            .words,
        "The quiet room"
    );
    let felt = record(&[(story::FEELING, "hopeful")]).summarize(Day(0));
    assert_eq!(
        felt.code,
        Some((story::FEELING, "hopeful".into())),
        "a newer build's code is kept"
    );
}

#[test]
fn kinds_and_fields_have_numbers_and_names_of_their_own() {
    for kind in RecordKind::ALL {
        assert_eq!(RecordKind::from_number(kind.number()), Some(kind));
        assert_eq!(RecordKind::from_name(kind.name()), Some(kind));
        let mut numbers: Vec<u64> = kind.fields().iter().map(|spec| spec.field).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), kind.fields().len());
    }
}

#[test]
fn every_choice_can_be_unknown_or_unsaid() {
    for spec in RecordKind::ALL.iter().flat_map(|kind| kind.fields()) {
        if let Input::Choice(codes) | Input::Faces(codes) = spec.input {
            assert!(codes.ends_with(&["unknown", "unsaid"]), "{}", spec.name);
        }
    }
}
