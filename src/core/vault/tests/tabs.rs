use super::*;
use crate::ports::Row;
use std::cell::RefCell;

type Act = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// A store in which another tab acts right after the next write.
struct Interrupted {
    store: MemoryStore,
    then: Act,
}

impl Store for Interrupted {
    async fn write(&self, steps: Vec<Write>) -> Result<(), StoreError> {
        let done = self.store.write(steps).await;
        if let Some(then) = self.then.take() {
            then();
        }
        done
    }

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.get(table, key).await
    }

    async fn scan(
        &self,
        table: Table,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        self.store.scan(table, after, limit).await
    }

    async fn keys(&self, table: Table) -> Result<Vec<Vec<u8>>, StoreError> {
        self.store.keys(table).await
    }
}

/// Saves a story about that child in a tab beside `first`, and lets `then` act before it is read
/// back.
fn save_interrupted(
    first: &Phone,
    child: Option<EntityId>,
    then: impl FnOnce() + 'static,
) -> (Result<Response, Failure>, usize) {
    let store = Interrupted {
        store: first.store.clone(),
        then: Rc::default(),
    };
    let hook = store.then.clone();
    let key = Key::new([7; 32]);
    let opening = Vault::open(store, &key, first.world.clone());
    let mut second = pollster::block_on(opening).unwrap();
    let patch = DraftPatch {
        child,
        fields: [(WORDS, "from the second".into())].into(),
        ..DraftPatch::default()
    };
    *hook.borrow_mut() = Some(Box::new(then));
    let save = Request::Save {
        draft: EntityId([9; 16]),
        kind: RecordKind::Story,
        patch,
    };
    let saved = pollster::block_on(second.answer(save, None));
    (saved, second.health().records)
}

#[test]
fn a_save_that_another_tab_frames_at_once_is_saved() {
    let mut first = Phone::new();
    first.tell("from the first");
    let mut framing = first.second_tab();
    let (saved, shown) = save_interrupted(&first, None, move || {
        assert_eq!(pollster::block_on(framing.vault.next_call()), Ok(None));
    });
    assert!(matches!(saved, Ok(Response::Saved(_))), "{saved:?}");
    assert_eq!(shown, 2);
    let left = pollster::block_on(first.store.keys(Table::Changes)).unwrap();
    assert!(left.is_empty(), "the other tab has framed it");
    assert_eq!(first.restart().words().len(), 2);
}

#[test]
fn a_save_whose_row_is_gone_is_not_saved() {
    let mut first = Phone::new();
    first.tell("from the first");
    let store = first.store.clone();
    let (saved, _) = save_interrupted(&first, None, move || {
        let keys = pollster::block_on(store.keys(Table::Changes)).unwrap();
        let table = Table::Changes;
        let gone = keys.into_iter().map(|key| Write::Delete { table, key });
        pollster::block_on(store.write(gone.collect())).unwrap();
    });
    assert_eq!(saved, Err(Failure::NotReadBack));
}

#[test]
fn two_tabs_that_save_about_two_children_at_once_are_both_saved() {
    let mut first = Phone::new();
    first.tell("from the first");
    let Response::Children(children) = first.ask(Request::AddChild("Ada".into())) else {
        panic!("no children")
    };
    let child = Some(children[0].id);
    let mut other = first.second_tab();
    let (saved, _) = save_interrupted(&first, child, move || {
        let mut draft = other.begin(RecordKind::Story);
        draft.child = child;
        draft.fields.insert(WORDS, "at the same time".into());
        other.try_save(&draft).unwrap();
    });
    assert!(matches!(saved, Ok(Response::Saved(_))), "{saved:?}");
    assert_eq!(first.restart().words().len(), 3);
}

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
