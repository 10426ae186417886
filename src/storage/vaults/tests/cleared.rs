//! A browser that clears the database under an open vault, as one does that is short of room.

use super::*;
use crate::testing::room_of;
use wasm_bindgen::JsValue;

fn words() -> Vec<Write> {
    vec![Write::Put {
        table: Table::Changes,
        key: vec![1; 16],
        value: vec![2],
    }]
}

fn photo(size: usize) -> Vec<Write> {
    vec![Write::Put {
        table: Table::Blobs,
        key: vec![3; 16],
        value: vec![4; size],
    }]
}

async fn clear(vault: EntityId) {
    let factory = idb::Factory::new().unwrap();
    factory.delete(&name_of(vault)).unwrap().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_cleared_store_is_not_begun_anew_under_a_key_that_lies_nowhere() {
    forget_all_vaults().await;
    let (vault, store, _) = open_vault(None).await.unwrap();
    store.write(words()).await.unwrap();
    clear(vault).await;
    assert_eq!(store.write(words()).await, Err(StoreError::Gone));
    assert!(store.is_gone());
    assert_eq!(find_vaults().await, Ok(vec![]));
    assert_eq!(store.keys(Table::Changes).await, Err(StoreError::Gone));
}

#[wasm_bindgen_test]
async fn what_another_tab_began_in_its_place_gets_no_row_of_the_old_key() {
    forget_all_vaults().await;
    let (vault, old, old_key) = open_vault(None).await.unwrap();
    clear(vault).await;
    let (_, new, new_key) = open_vault(Some(vault)).await.unwrap();
    assert_ne!(old_key, new_key);
    assert_eq!(old.write(words()).await, Err(StoreError::Gone));
    assert_eq!(new.keys(Table::Changes).await, Ok(vec![]));
    new.close();
    new.write(words()).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_ends_is_heard_of_and_made_again() {
    forget_all_vaults().await;
    let (_, store, _) = open_vault(None).await.unwrap();
    let heard = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = heard.clone();
    store.hear_close(move || count.set(count.get() + 1));
    store.end_by_force();
    assert_eq!(heard.get(), 1);
    store.write(words()).await.unwrap();
    assert!(!store.is_gone());
}

#[wasm_bindgen_test]
async fn words_go_in_where_photos_no_longer_do() {
    forget_all_vaults().await;
    let (_, store, _) = open_vault(None).await.unwrap();
    let room = room_of(6 << 20);
    store.write(photo(1 << 20)).await.unwrap();
    assert_eq!(
        store.write(photo((1 << 20) + 1)).await,
        Err(StoreError::Full)
    );
    drop(room);
    let room = room_of(1000);
    assert_eq!(store.write(photo(1)).await, Err(StoreError::Full));
    store.write(words()).await.unwrap();
    drop(room);
    store.write(photo(1 << 20)).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_browser_that_says_nothing_of_its_room_keeps_photos() {
    forget_all_vaults().await;
    let (_, store, _) = open_vault(None).await.unwrap();
    let room = crate::testing::Estimate::instead(JsValue::UNDEFINED);
    store.write(photo(1 << 20)).await.unwrap();
    drop(room);
}
