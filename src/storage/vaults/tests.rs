mod cleared;

use super::*;
use crate::testing::{Phone, at_once, forget_all_vaults, name_of, new_id};
use hearth_core::draft::DraftPatch;
use hearth_core::messages::{Request, Response};
use hearth_core::ports::Write;
use hearth_core::record::{RecordKind, WORDS};
use hearth_core::vault::Vault;
use wasm_bindgen_test::wasm_bindgen_test;

async fn make_vault(changes: &[u8]) -> EntityId {
    let vault = new_id();
    let store = IndexedDb::open(vault).await.unwrap();
    for time in changes {
        let step = Write::Put {
            table: Table::Changes,
            key: vec![*time; 16],
            value: vec![],
        };
        store.write(vec![step]).await.unwrap();
    }
    vault
}

async fn opened(wanted: Option<EntityId>) -> EntityId {
    open_vault(wanted).await.unwrap().0
}

#[wasm_bindgen_test]
async fn the_first_start_makes_a_vault_and_the_next_ones_find_it() {
    forget_all_vaults().await;
    let made = opened(None).await;
    assert_eq!(find_vaults().await, Ok(vec![made]));
    assert_eq!(opened(Some(made)).await, made);
    assert_eq!(opened(None).await, made);
    assert_eq!(opened(Some(new_id())).await, made);
    assert_eq!(find_vaults().await, Ok(vec![made]));
}

#[wasm_bindgen_test]
async fn two_tabs_on_the_first_day_share_one_vault() {
    forget_all_vaults().await;
    let (one, other) = at_once(open_vault(None), open_vault(None)).await;
    let ((one, _, one_key), (other, _, other_key)) = (one.unwrap(), other.unwrap());
    assert_eq!((one, one_key), (other, other_key));
    assert_eq!(find_vaults().await, Ok(vec![one]));
}

#[wasm_bindgen_test]
async fn of_several_vaults_the_named_one_is_opened_or_else_the_one_written_to_last() {
    forget_all_vaults().await;
    let (early, late, empty) = (
        make_vault(&[1, 2]).await,
        make_vault(&[1, 3]).await,
        make_vault(&[]).await,
    );
    let found = find_vaults().await.unwrap();
    for named in [early, late, empty] {
        assert_eq!(choose(Some(named), found.clone()).await, Ok(named));
    }
    assert_eq!(choose(None, found.clone()).await, Ok(late));
    assert_eq!(choose(Some(new_id()), found).await, Ok(late));
}

#[wasm_bindgen_test]
async fn a_browser_that_lists_nothing_opens_the_named_vault() {
    let named = new_id();
    assert_eq!(choose(Some(named), vec![]).await, Ok(named));
}

#[wasm_bindgen_test]
async fn other_databases_are_no_vaults() {
    forget_all_vaults().await;
    let other = idb::Factory::new()
        .unwrap()
        .open("hearth-vault-draft", Some(1));
    other.unwrap().await.unwrap().close();
    assert_eq!(find_vaults().await, Ok(vec![]));
}

#[wasm_bindgen_test]
async fn a_record_is_read_after_everything_was_opened_again() {
    forget_all_vaults().await;
    let words = "We went to the sea. ہم سمندر پر گئے۔";
    let (id, store, key) = open_vault(None).await.unwrap();
    let mut vault = Vault::open(store, &key.key, Phone).await.unwrap();
    let begin = Request::Begin(RecordKind::Story);
    let Ok(Response::Draft(draft)) = vault.answer(begin, None).await else {
        panic!("no draft")
    };
    let save = Request::Save {
        draft: draft.id,
        kind: draft.kind,
        patch: DraftPatch {
            fields: [(WORDS, words.into())].into_iter().collect(),
            ..DraftPatch::default()
        },
    };
    let saved = vault.answer(save, None).await.unwrap();
    drop(vault);

    let (again, store, key) = open_vault(Some(id)).await.unwrap();
    assert_eq!(again, id);
    for (_, row) in store.scan(Table::Changes, None, usize::MAX).await.unwrap() {
        assert!(
            !row.windows(8).any(|part| part == b"the sea."),
            "words lie unsealed"
        );
    }
    let mut vault = Vault::open(store, &key.key, Phone).await.unwrap();
    let read = vault.answer(Request::Read(draft.id), None).await.unwrap();
    let (Response::Saved(saved), Response::Record(read)) = (saved, read) else {
        panic!("no record")
    };
    assert_eq!(read.fields.get(&WORDS).map(String::as_str), Some(words));
    assert_eq!(read, saved);
    assert_eq!(vault.health().damaged, 0);
}

#[wasm_bindgen_test]
async fn the_name_of_a_database_is_that_of_the_format() {
    let vault = EntityId([0xab; 16]);
    assert_eq!(name_of(vault), format!("hearth-vault-{}", "ab".repeat(16)));
}
