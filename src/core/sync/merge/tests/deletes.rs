//! Deleting against editing.

use super::*;
use crate::record::DELETED;

fn begun() -> (Origin, Change) {
    (
        framed(0, 1, &[], at_row(1, NOW)),
        begin(PROFILE, NOW, "first"),
    )
}

fn delete(at: Millis) -> Change {
    change(PROFILE, at, [(DELETED, Value::Int(1))])
}

fn restore(at: Millis) -> Change {
    change(PROFILE, at, [(DELETED, Value::Null)])
}

fn is_deleted(told: &[(Origin, Change)]) -> bool {
    view(told).get(ENTITY).unwrap().is_deleted()
}

#[test]
fn a_delete_that_had_seen_everything_hides() {
    let by_ben = framed(2, 1, &[(0, 1)], at_row(2, NOW));
    assert!(is_deleted(&[begun(), (by_ben, delete(NOW - YEAR))]));
}

#[test]
fn a_delete_beside_an_edit_hides_nothing_and_both_are_known() {
    for (delete_row, edit_row) in [(2, 3), (3, 2)] {
        let view = view(&[
            begun(),
            (
                framed(2, 1, &[(0, 1)], at_row(delete_row, NOW)),
                delete(NOW + 1),
            ),
            (
                framed(3, 1, &[(0, 1)], at_row(edit_row, NOW)),
                edit(NOW, "edited"),
            ),
        ]);
        let entity = view.get(ENTITY).unwrap();
        assert!(!entity.is_deleted());
        assert_eq!(entity.text(WORDS), Some("edited"));
        let known = entity.heads(DELETED);
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].person, person(2));
    }
}

#[test]
fn an_edit_after_the_delete_brings_the_entry_back() {
    assert!(!is_deleted(&[
        begun(),
        (framed(2, 1, &[(0, 1)], at_row(2, NOW)), delete(NOW)),
        (
            framed(3, 1, &[(0, 1), (2, 1)], at_row(3, NOW)),
            edit(NOW, "again")
        ),
    ]));
}

#[test]
fn a_restore_that_had_seen_the_delete_ends_it() {
    let view = view(&[
        begun(),
        (framed(2, 1, &[(0, 1)], at_row(2, NOW)), delete(NOW + YEAR)),
        (framed(0, 2, &[(2, 1)], at_row(3, NOW)), restore(0)),
    ]);
    let entity = view.get(ENTITY).unwrap();
    assert!(!entity.is_deleted());
    assert_eq!(entity.field(DELETED), None);
}

#[test]
fn a_restore_beside_a_second_delete_keeps_the_entry() {
    assert!(!is_deleted(&[
        begun(),
        (framed(2, 1, &[(0, 1)], at_row(2, NOW)), delete(NOW)),
        (framed(0, 2, &[(2, 1)], at_row(3, NOW)), restore(NOW)),
        (framed(3, 1, &[(0, 1), (2, 1)], at_row(4, NOW)), delete(NOW)),
    ]));
}

#[test]
fn two_deletes_that_did_not_see_each_other_hide_the_entry() {
    let told = |row| framed(3, 1, &[(0, 1)], at_row(row, NOW));
    let view = view(&[
        begun(),
        (framed(2, 1, &[(0, 1)], at_row(2, NOW)), delete(NOW)),
        (told(3), delete(NOW + 1)),
    ]);
    let deletion = view.get(ENTITY).unwrap().deletion().unwrap();
    assert_eq!(deletion.name, told(3).name);
}

#[test]
fn a_delete_that_also_says_something_has_to_be_seen() {
    let both = change(
        PROFILE,
        NOW,
        [(DELETED, Value::Int(1)), (WORDS, text("why"))],
    );
    assert!(!is_deleted(&[
        begun(),
        (framed(2, 1, &[(0, 1)], at_row(2, NOW)), both.clone()),
        (framed(3, 1, &[(0, 1)], at_row(3, NOW)), both),
    ]));
}

#[test]
fn a_delete_waiting_here_has_seen_what_is_here() {
    let gone = delete(NOW);
    assert!(is_deleted(&[
        begun(),
        (framed(2, 1, &[], at_row(2, NOW)), edit(NOW, "Ben's")),
        (waiting(gone.hlc), gone),
    ]));
}

#[test]
fn somebody_elses_edit_of_a_story_does_not_bring_it_back() {
    let mut nosy = edit(NOW, "nosy");
    nosy.kind = STORY;
    assert!(is_deleted(&[
        (framed(0, 1, &[], at_row(1, NOW)), begin(STORY, NOW, "mine")),
        (framed(0, 2, &[], at_row(2, NOW)), delete(NOW)),
        (framed(2, 1, &[(0, 2)], at_row(3, NOW)), nosy),
    ]));
}
