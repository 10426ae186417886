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

#[test]
fn what_is_known_here_is_framed_as_it_is_known_and_the_rest_as_it_lies_in_the_store() {
    for is_alone in [true, false] {
        let mut first = Phone::new();
        let kept = first.tell("from here");
        let mut second = first.second_tab();
        // Its words are on the screen: a row that rots meanwhile takes none of them along.
        let keys = pollster::block_on(first.store.keys(Table::Changes)).unwrap();
        let rot = |row: &mut Vec<u8>| row[40] ^= 1;
        first.store.damage(Table::Changes, &keys[0], rot);
        let new = (!is_alone).then(|| second.tell("from the other tab"));
        assert_eq!(pollster::block_on(first.vault.next_call()), Ok(None));
        let left = pollster::block_on(first.store.keys(Table::Changes)).unwrap();
        assert!(left.is_empty());
        let mut again = first.restart();
        assert_eq!(again.read(kept.id).fields, kept.fields);
        let arrived = new.is_none_or(|new| again.read(new.id).fields == new.fields);
        assert!(arrived);
    }
}

#[test]
fn a_read_that_was_cut_short_never_shows_half_of_what_is_kept() {
    let mut first = Phone::new();
    let mut draft = first.begin(RecordKind::Story);
    draft.fields.insert(WORDS, "being typed".into());
    first.journal(&draft).unwrap();
    first.tell("from before");
    let mut second = first.second_tab();
    first.tell("from the first tab");
    let mut cuts = 0;
    loop {
        second.store.lose_after(cuts);
        let is_read = pollster::block_on(second.vault.refresh()).is_ok();
        let asked = second.try_ask(Request::Timeline {
            filter: Filter::default(),
            offset: 0,
            limit: 10,
        });
        assert_eq!(second.vault.drafts().len(), 1);
        if is_read {
            break;
        }
        let is_told = asked == Err(Failure::Lost("told to".into()));
        let is_whole = matches!(&asked, Ok(Response::Page(page)) if page.total == 2);
        assert!(is_told || is_whole, "{asked:?}");
        second.store.heal();
        assert_eq!(second.words().len(), 2);
        cuts += 1;
    }
    assert!(cuts > 3, "{cuts}");
}
