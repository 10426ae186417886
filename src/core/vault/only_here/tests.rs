use super::*;
use crate::messages::{Request, Response};
use crate::vault::tests::Phone;

fn only_here(phone: &mut Phone) -> OnlyHere {
    match phone.ask(Request::OnlyHere) {
        Response::OnlyHere(here) => here,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_empty_phone_has_nothing() {
    let here = only_here(&mut Phone::new());
    assert_eq!(here, OnlyHere::default());
}

#[test]
fn what_nobody_else_has_is_counted_and_the_first_of_it_named() {
    let mut phone = Phone::new();
    for words in ["one", "two", "three", "four"] {
        phone.tell(words);
    }
    let binned = phone.tell("five");
    phone.ask(Request::Delete(binned.id));
    phone.ask(Request::AddChild("Wren".into()));
    let mut draft = phone.begin(RecordKind::Feedback);
    draft.fields.insert(WORDS, "x".repeat(CHARS + 1));
    phone.journal(&draft).unwrap();
    let here = only_here(&mut phone);
    assert!(here.has_something);
    assert_eq!((here.count, here.named.len()), (7, NAMED));
    let unsaved = (
        Some(RecordKind::Feedback),
        ["x".repeat(CHARS), "…".into()].concat(),
    );
    assert_eq!(here.named[0], unsaved);
    assert_eq!(here.named[1], (None, "Wren".into()));
    assert_eq!(here.named[2], (Some(RecordKind::Story), "five".into()));
}

#[test]
fn what_another_tab_is_typing_is_counted() {
    let mut phone = Phone::new();
    let mut other = phone.second_tab();
    let mut draft = other.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "typed there".into());
    other.journal(&draft).unwrap();
    let typed = (Some(RecordKind::Story), "typed there".into());
    assert_eq!(only_here(&mut phone).named, [typed]);
}
