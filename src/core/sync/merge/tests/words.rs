//! Edits one after another and edits side by side.

use super::*;

fn begun() -> (Origin, Change) {
    (
        framed(0, 1, &[], at_row(1, NOW)),
        begin(PROFILE, NOW, "first"),
    )
}

#[test]
fn an_edit_that_had_seen_the_words_buries_them_whatever_the_clocks_say() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(NOW - 10 * YEAR, "second"),
        ),
        (framed(0, 2, &[(2, 1)], at_row(3, NOW)), edit(0, "third")),
    ]);
    assert_eq!(shown(&view), Some("third"));
    assert_eq!(heads(&view), ["third"]);
    let entity = view.get(ENTITY).unwrap();
    assert_eq!(entity.history(WORDS).len(), 3);
    assert!(entity.conflicts().is_empty());
}

#[test]
fn edits_that_did_not_see_each_other_stand_beside_one_another() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(NOW + 2, "Ben's"),
        ),
        (
            framed(3, 1, &[(0, 1)], at_row(3, NOW)),
            edit(NOW + 1, "Cem's"),
        ),
    ]);
    assert_eq!(heads(&view), ["Ben's", "Cem's"]);
    assert_eq!(shown(&view), Some("Ben's"));
    assert_eq!(view.get(ENTITY).unwrap().conflicts(), [WORDS]);
}

#[test]
fn the_same_words_twice_are_no_conflict() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(NOW + 2, "same"),
        ),
        (
            framed(3, 1, &[(0, 1)], at_row(3, NOW)),
            edit(NOW + 1, "same"),
        ),
    ]);
    assert_eq!(heads(&view), ["same", "same"]);
    assert!(view.get(ENTITY).unwrap().conflicts().is_empty());
}

#[test]
fn who_has_seen_both_heads_settles_it() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(NOW + 2, "Ben's"),
        ),
        (
            framed(3, 1, &[(0, 1)], at_row(3, NOW)),
            edit(NOW + 1, "Cem's"),
        ),
        (
            framed(0, 2, &[(2, 1), (3, 1)], at_row(4, NOW)),
            edit(NOW, "both"),
        ),
    ]);
    assert_eq!(heads(&view), ["both"]);
}

#[test]
fn of_three_writes_in_one_millisecond_the_last_row_is_shown_and_two_stay_beside_it() {
    let side = |number, seq| framed(number, 2, &[(0, 1)], at_row(seq, NOW));
    let view = view(&[
        begun(),
        (side(1, 4), edit(NOW, "one")),
        (side(2, 2), edit(NOW, "two")),
        (side(3, 3), edit(NOW, "three")),
    ]);
    assert_eq!(heads(&view), ["one", "three", "two"]);
    let entity = view.get(ENTITY).unwrap();
    let history = entity.history(WORDS);
    let words: Vec<_> = history
        .iter()
        .map(|version| version.value.as_text().unwrap())
        .collect();
    assert_eq!(words, ["first", "two", "three", "one"]);
    let are_heads: Vec<_> = history.iter().map(|version| version.is_head).collect();
    assert_eq!(are_heads, [false, true, true, true]);
}

#[test]
fn unsent_words_are_on_top_on_their_own_phone() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(NOW + MINUTE, "Ben's"),
        ),
        (framed(1, 1, &[(0, 1)], None), edit(NOW - YEAR, "unsent")),
    ]);
    assert_eq!(heads(&view), ["unsent", "Ben's"]);
}

#[test]
fn waiting_words_bury_what_is_here_and_lose_nothing_once_framed() {
    let ben = (
        framed(2, 1, &[(0, 1)], at_row(2, NOW)),
        edit(NOW + 1, "Ben's"),
    );
    let mine = edit(NOW, "mine");
    let mut view = view(&[begun(), ben, (waiting(mine.hlc), mine.clone())]);
    assert_eq!(heads(&view), ["mine"]);
    // It was framed before Ben's came, so its author had not seen his.
    view.replace(row(mine.hlc, 1), &framed(0, 2, &[], None), mine);
    assert_eq!(heads(&view), ["mine", "Ben's"]);
    assert_eq!(view.get(ENTITY).unwrap().history(WORDS).len(), 3);
}

#[test]
fn an_emptied_field_has_no_value_and_keeps_its_words_in_the_history() {
    let view = view(&[
        begun(),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            change(PROFILE, NOW, [(WORDS, Value::Null)]),
        ),
    ]);
    let entity = view.get(ENTITY).unwrap();
    assert_eq!(entity.field(WORDS), None);
    assert_eq!(entity.texts().count(), 0);
    assert_eq!(entity.history(WORDS).len(), 2);
}

#[test]
fn streams_have_not_seen_each_other() {
    let mut elsewhere = framed(2, 9, &[(0, 9)], at_row(2, NOW));
    elsewhere.name = Name::Framed {
        stream: StreamId([8; 16]),
        device: device(2),
        dev_seq: 9,
        index: 0,
    };
    let view = view(&[begun(), (elsewhere, edit(NOW, "elsewhere"))]);
    assert_eq!(heads(&view).len(), 2);
}
