use super::*;

fn refresh(phone: &mut Phone) {
    pollster::block_on(phone.vault.refresh()).unwrap();
}

#[test]
fn a_second_tab_sees_what_the_first_saved_deleted_and_ended() {
    let mut first = Phone::new();
    let kept = first.tell("from before");
    let mut second = first.second_tab();
    let new = first.tell("from the first tab");
    let mut draft = first.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "being typed".into());
    first.journal(&draft).unwrap();
    refresh(&mut second);
    assert_eq!(second.words().len(), 2);
    assert_eq!(second.vault.drafts().len(), 1);
    first.ask(Request::Delete(new.id));
    first.ask(Request::Erase(new.id));
    refresh(&mut second);
    assert_eq!(second.words(), ["from before"]);
    assert_eq!(second.read(kept.id), kept);
}

#[test]
fn two_tabs_that_save_in_turn_lose_nothing() {
    let mut first = Phone::new();
    let mut second = first.second_tab();
    for at in 0..50 {
        first.tell(&format!("first {at}"));
        second.tell(&format!("second {at}"));
    }
    refresh(&mut first);
    refresh(&mut second);
    assert_eq!(first.words().len(), 100);
    assert_eq!(first.words(), second.words());
    assert_eq!(first.restart().words().len(), 100);
}
