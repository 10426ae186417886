use super::*;
use crate::indexed_db::{IndexedDb, KEYS};
use crate::testing::{at_once, forget_all_vaults, key_row};
use crate::vault_key::KeyError;
use crate::vaults::{OpenError, find_vaults, open_vault};
use hearth_core::EntityId;
use hearth_core::ports::{Store, Table, Write};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

async fn vault_with_a_row() -> (EntityId, IndexedDb) {
    forget_all_vaults().await;
    let (id, store, _) = open_vault(None).await.unwrap();
    let row = Write::Put {
        table: Table::Changes,
        key: vec![9; 16],
        value: vec![1; 60],
    };
    store.write(vec![row]).await.unwrap();
    (id, store)
}

#[wasm_bindgen_test]
async fn a_removed_vault_is_gone_with_its_database() {
    let (_, store) = vault_with_a_row().await;
    remove_vault(store).await.unwrap();
    assert_eq!(find_vaults().await, Ok(vec![]));
}

#[wasm_bindgen_test]
async fn the_key_goes_first_and_what_is_left_opens_nowhere() {
    let (_, store) = vault_with_a_row().await;
    // As a browser leaves it that is killed before the database goes.
    destroy(&store).await.unwrap();
    for row in ["vault", "wrap"] {
        assert_eq!(key_row(&store, row).await, None, "{row}");
    }
    let opened = crate::vault_key::load_or_make(&store).await;
    assert_eq!(opened, Err(KeyError::Removed));
}

#[wasm_bindgen_test]
async fn the_next_start_ends_a_removal_that_was_cut_short() {
    let (id, store) = vault_with_a_row().await;
    destroy(&store).await.unwrap();
    store.close();
    let (new, store, _) = open_vault(Some(id)).await.unwrap();
    assert_ne!(new, id);
    assert_eq!(store.keys(Table::Changes).await, Ok(vec![]));
    assert_eq!(find_vaults().await, Ok(vec![new]));
}

#[wasm_bindgen_test]
async fn of_two_vaults_the_other_one_stays_and_is_opened() {
    let (kept, _) = vault_with_a_row().await;
    let removed = IndexedDb::open(crate::testing::new_id()).await.unwrap();
    crate::vault_key::load_or_make(&removed).await.unwrap();
    remove_vault(removed).await.unwrap();
    let opened = open_vault(None).await.map(|(id, ..)| id);
    assert_eq!(opened, Ok::<_, OpenError>(kept));
}

/// Somebody who does not let go, as a page without our code.
async fn hold_open(id: EntityId) -> idb::Database {
    let request = idb::Factory::new().unwrap();
    let request = request.open(&crate::testing::name_of(id), None).unwrap();
    request.await.unwrap()
}

#[wasm_bindgen_test]
async fn where_the_rest_cannot_go_yet_the_key_is_gone_all_the_same() {
    let (id, store) = vault_with_a_row().await;
    let held = hold_open(id).await;
    remove_vault(store.clone()).await.unwrap();
    // Whoever opens it now waits until it is gone, so its holder is asked.
    let reading = held.transaction(&[KEYS], idb::TransactionMode::ReadOnly);
    let keys = reading.unwrap().object_store(KEYS).unwrap();
    for row in ["vault", "wrap"] {
        let found = keys.get(JsValue::from(row)).unwrap().await.unwrap();
        assert_eq!(found, None, "{row}");
    }
    held.close();
}

#[wasm_bindgen_test]
async fn a_database_that_is_held_open_goes_as_soon_as_it_is_let_go() {
    let (id, store) = vault_with_a_row().await;
    let held = hold_open(id).await;
    destroy(&store).await.unwrap();
    assert!(store.delete().await.is_err(), "blocked is said");
    held.close();
    let (new, store, _) = open_vault(Some(id)).await.unwrap();
    assert_eq!(store.keys(Table::Changes).await, Ok(vec![]));
    assert_eq!(find_vaults().await, Ok(vec![new]));
}

#[wasm_bindgen_test]
async fn nobody_removes_while_another_tab_is_present() {
    let (one, other) = (Presence::share().await, Presence::share().await);
    assert!(one.take_alone(1).await.is_none());
    let again = Presence::share().await;
    let (alone, _) = at_once(
        async move { again.take_alone(60_000).await.is_some() },
        async move {
            drop(other);
            true
        },
    )
    .await;
    assert!(alone);
}
