//! What the view keeps and lets go.

use super::*;

#[test]
fn an_erased_change_goes_and_its_entity_with_the_last_one() {
    let first = (
        framed(0, 1, &[], at_row(1, NOW)),
        begin(PROFILE, NOW, "first"),
    );
    let second = (framed(2, 1, &[(0, 1)], at_row(2, NOW)), edit(NOW, "second"));
    let mut view = view(&[first.clone(), second.clone()]);
    view.forget_change(second.0.name);
    assert_eq!(shown(&view), Some("first"));
    view.forget_change(first.0.name);
    assert_eq!((view.iter().count(), view.hidden()), (0, 0));
    assert_eq!(view, View::new(rule));
}

#[test]
fn a_forgotten_entity_goes_with_all_its_changes() {
    let first = framed(0, 1, &[], at_row(1, NOW));
    let mut view = view(&[(first.clone(), begin(PROFILE, NOW, "first"))]);
    view.forget(ENTITY);
    assert!(!view.has_change(first.name));
    assert_eq!(view, View::new(rule));
}

#[test]
fn a_row_once_known_is_not_unlearnt_and_a_newer_one_takes_its_place() {
    let mut origin = framed(0, 1, &[], at_row(1, NOW));
    let change = begin(PROFILE, NOW, "first");
    let mut view = view(&[(origin.clone(), change.clone())]);
    origin.placed = None;
    view.apply(&origin, change.clone());
    let placed = |view: &View| view.get(ENTITY).unwrap().heads(WORDS)[0].placed;
    assert_eq!(placed(&view), at_row(1, NOW));
    origin.placed = at_row(3, NOW);
    view.apply(&origin, change);
    assert_eq!(placed(&view), at_row(3, NOW));
}

#[test]
fn a_frame_that_is_not_here_takes_no_row() {
    let before = view(&[(framed(0, 2, &[], None), begin(PROFILE, NOW, "first"))]);
    let mut after = before.clone();
    for (number, dev_seq) in [(0, 1), (0, 3), (1, 2)] {
        after.place(
            STREAM,
            device(number),
            dev_seq,
            Placed {
                seq: 1,
                received_at: NOW,
            },
        );
    }
    assert_eq!(before, after);
}

#[test]
fn a_name_is_of_one_change_the_one_told_last() {
    let origin = framed(0, 1, &[], None);
    let mut other = begin(PROFILE, NOW, "other");
    other.entity = EntityId([6; 16]);
    let mut view = view(&[(origin.clone(), begin(PROFILE, NOW, "first"))]);
    view.apply(&origin, other);
    assert!(view.get(ENTITY).is_none());
    assert_eq!(view.iter().count(), 1);
}
