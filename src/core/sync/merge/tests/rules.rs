//! Whose changes count, and with which change an entity begins.

use super::*;
use hearth_protocol::change::ERASED_KIND;

fn story(number: u8, seq: u64, words: &str) -> (Origin, Change) {
    (
        framed(number, 1, &[], at_row(seq, NOW)),
        begin(STORY, NOW, words),
    )
}

fn others_edit(seen: &[(u8, u64)]) -> (Origin, Change) {
    (framed(2, 1, seen, at_row(5, NOW)), edit(NOW + 1, "other"))
}

#[test]
fn a_storys_words_are_its_authors_alone_and_the_others_are_kept() {
    let view = view(&[story(0, 1, "mine"), others_edit(&[(0, 1)])]);
    assert_eq!(heads(&view), ["mine"]);
    let entity = view.get(ENTITY).unwrap();
    assert_eq!(entity.author(), person(0));
    assert_eq!(entity.history(WORDS).len(), 1);
    let ignored: Vec<_> = entity.ignored().collect();
    assert_eq!(ignored[0].value(WORDS), Some(&text("other")));
    assert_eq!(entity.names().count(), 2);
}

#[test]
fn another_phone_of_the_author_counts() {
    let again = (framed(1, 1, &[(0, 1)], at_row(2, NOW)), edit(NOW, "again"));
    assert_eq!(heads(&view(&[story(0, 1, "mine"), again])), ["again"]);
}

#[test]
fn a_profile_is_every_writers() {
    let begun = (
        framed(0, 1, &[], at_row(1, NOW)),
        begin(PROFILE, NOW, "mine"),
    );
    assert_eq!(heads(&view(&[begun, others_edit(&[(0, 1)])])), ["other"]);
}

#[test]
fn who_begins_an_entity_again_later_does_not_become_its_author() {
    let view = view(&[story(2, 9, "copied"), story(0, 1, "mine")]);
    assert_eq!(view.get(ENTITY).unwrap().author(), person(0));
    assert_eq!(heads(&view), ["mine"]);
}

#[test]
fn a_begin_without_a_row_comes_after_those_with_one_until_it_has_its_own() {
    let mut unsent = story(0, 1, "mine");
    unsent.0.placed = None;
    let mut view = view(&[unsent, story(2, 9, "copied")]);
    assert_eq!(shown(&view), Some("copied"));
    view.place(
        STREAM,
        device(0),
        1,
        Placed {
            seq: 3,
            received_at: NOW,
        },
    );
    assert_eq!(shown(&view), Some("mine"));
    assert_eq!(
        view,
        super::view(&[story(0, 3, "mine"), story(2, 9, "copied")])
    );
}

#[test]
fn an_entity_is_of_the_kind_that_its_begin_says() {
    let odd = (
        framed(0, 2, &[], at_row(2, 0)),
        change(9, 0, [(WORDS, text("odd"))]),
    );
    let view = view(&[story(0, 1, "mine"), odd]);
    assert_eq!(view.get(ENTITY).unwrap().kind(), STORY);
}

#[test]
fn an_entity_whose_begin_is_not_here_is_not_shown() {
    let mut view = view(&[others_edit(&[])]);
    assert!(view.get(ENTITY).is_none());
    assert_eq!((view.iter().count(), view.hidden()), (0, 1));
    let (origin, change) = story(0, 1, "mine");
    view.apply(&origin, change);
    assert_eq!((view.iter().count(), view.hidden()), (1, 0));
}

#[test]
fn what_was_written_before_there_was_a_mark_is_our_own() {
    let first = edit(NOW, "first");
    let mut second = edit(NOW + 1, "second");
    second.kind = 9;
    let mut view = view(&[
        (waiting(first.hlc), first.clone()),
        (waiting(second.hlc), second),
    ]);
    let entity = view.get(ENTITY).unwrap();
    assert_eq!((entity.kind(), entity.author()), (PROFILE, person(0)));
    assert_eq!((entity.first(), heads(&view)), (first.hlc, vec!["second"]));
    // Framed, it is our own for who knows whose phone this is, and hidden for everybody else.
    view.replace(row(first.hlc, 1), &framed(0, 1, &[], None), first);
    assert!(view.get(ENTITY).is_none());
    view.add_own_person(person(0));
    assert_eq!(view.get(ENTITY).map(|entity| entity.kind()), Some(PROFILE));
    // What somebody wrote to it unseen does not take it from our screen.
    let (origin, change) = others_edit(&[]);
    view.apply(&origin, change);
    assert_eq!(view.hidden(), 0);
}

#[test]
fn an_answer_of_ours_to_what_is_not_here_begins_nothing() {
    let mut view = view(&[
        others_edit(&[]),
        (framed(0, 1, &[(2, 1)], at_row(6, NOW)), edit(NOW, "answer")),
    ]);
    view.add_own_person(person(0));
    assert_eq!(view.hidden(), 1);
}

#[test]
fn an_entity_that_a_change_ended_is_among_the_ended_however_the_change_came() {
    let mut ending = edit(NOW + 1, "");
    ending.kind = ERASED_KIND;
    ending.patch.clear();
    let ids = |view: &View| view.ended().map(|(id, _)| id).collect::<Vec<_>>();
    let mut told = view(&[story(0, 1, "mine")]);
    assert_eq!(ids(&told), []);
    told.apply(&framed(1, 1, &[(0, 1)], at_row(2, NOW)), ending.clone());
    assert_eq!(ids(&told), [ENTITY]);
    told.forget(ENTITY);
    assert_eq!(ids(&told), []);
    // What waited here as something else is an ending in its frame.
    let waited = edit(NOW + 1, "other");
    let mut own = view(&[story(0, 1, "mine"), (waiting(waited.hlc), waited.clone())]);
    own.replace(row(waited.hlc, 1), &framed(0, 2, &[], None), ending);
    assert_eq!(ids(&own), [ENTITY]);
}
