//! A browser that clears the database under an open vault, as one does that is short of room.

use super::*;
use crate::testing::Reserve;

fn words() -> Vec<Write> {
    vec![Write::Put {
        table: Table::Changes,
        key: vec![1; 16],
        value: vec![2],
    }]
}

fn photo() -> Vec<Write> {
    vec![Write::Put {
        table: Table::Blobs,
        key: vec![3; 16],
        value: vec![4],
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

/// The next write finds no room, as on a full phone; those after it do.
fn fill_up() {
    let patch = "const put = IDBObjectStore.prototype.put; \
        IDBObjectStore.prototype.put = function () { IDBObjectStore.prototype.put = put; \
        throw new DOMException('no room', 'QuotaExceededError'); }";
    js_sys::eval(patch).unwrap();
}

#[wasm_bindgen_test]
async fn words_go_in_where_photos_no_longer_do() {
    forget_all_vaults().await;
    let (_, store, _) = open_vault(None).await.unwrap();
    for answer in ["true", "null", "{ throw new Error() }"] {
        let reserve = Reserve::answering(answer);
        store.write(photo()).await.unwrap();
        drop(reserve);
    }
    let _full = Reserve::answering("false");
    assert_eq!(store.write(photo()).await, Err(StoreError::Full));
    store.write(words()).await.unwrap();
    assert_eq!(Reserve::times_given_up(), Some(0.0));
    fill_up();
    store.write(words()).await.unwrap();
    assert_eq!(Reserve::times_given_up(), Some(1.0));
}

#[wasm_bindgen_test]
async fn a_photo_that_finds_no_room_takes_none_from_words() {
    forget_all_vaults().await;
    let (_, store, _) = open_vault(None).await.unwrap();
    let _stands = Reserve::answering("true");
    fill_up();
    assert_eq!(store.write(photo()).await, Err(StoreError::Full));
    assert_eq!(Reserve::times_given_up(), Some(0.0));
}
