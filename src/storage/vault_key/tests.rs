use super::wrapping::Wrapping;
use super::*;
use crate::browser::property;
use crate::indexed_db::{bytes_from_js, bytes_to_js};
use crate::testing::{at_once, fresh_store, key_row, new_id};
use hearth_core::ports::{Store, Write};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen_test::wasm_bindgen_test;

const SECRET: [u8; KEY_BYTES] = [7; KEY_BYTES];

async fn put_key_row(store: &IndexedDb, key: &str, row: Option<&JsValue>) {
    let queue = |transaction: &Transaction| {
        let keys = transaction.object_store(KEYS)?;
        match row {
            Some(row) => drop(keys.put(row, Some(&key.into()))?),
            None => drop(keys.delete(JsValue::from(key))?),
        }
        Ok(())
    };
    store.write_in(&[KEYS], queue).await.unwrap();
}

async fn put_record(store: &IndexedDb) {
    let step = Write::Put {
        table: Table::Changes,
        key: vec![1; 16],
        value: vec![2; 60],
    };
    store.write(vec![step]).await.unwrap();
}

async fn record_is_there(store: &IndexedDb) -> bool {
    store.get(Table::Changes, &[1; 16]).await == Ok(Some(vec![2; 60]))
}

#[wasm_bindgen_test]
async fn is_made_once_and_the_same_after_reopening() {
    let store = fresh_store().await;
    let made = load_or_make(&store).await.unwrap();
    assert!(!made.is_plain);
    store.close();
    assert_eq!(load_or_make(&store).await, Ok(made.clone()));
    let other = load_or_make(&fresh_store().await).await.unwrap();
    assert_ne!(other.key, made.key);
}

#[wasm_bindgen_test]
async fn lies_wrapped_under_a_key_that_nobody_can_read() {
    let store = fresh_store().await;
    load_or_make(&store).await.unwrap();
    let row = key_row(&store, "vault").await.unwrap();
    let length = |name| bytes_from_js(&property(&row, name)).map(|bytes| bytes.len());
    assert_eq!(property(&row, "v"), 1);
    assert_eq!(
        (length("iv"), length("wrapped"), length("plain")),
        (Some(12), Some(48), None)
    );
    let wrap = key_row(&store, "wrap").await.unwrap();
    assert_eq!(property(&wrap, "extractable"), false);
    assert_eq!(property(&property(&wrap, "algorithm"), "length"), 256);
}

#[wasm_bindgen_test]
async fn two_tabs_at_once_get_one_key() {
    async fn open(vault: hearth_core::EntityId) -> VaultKey {
        load_or_make(&IndexedDb::open(vault).await.unwrap())
            .await
            .unwrap()
    }
    for _ in 0..10 {
        let vault = new_id();
        let (one, other) = at_once(open(vault), open(vault)).await;
        assert_eq!(one, other);
        assert_eq!(open(vault).await, one);
    }
}

#[wasm_bindgen_test]
async fn the_slower_of_two_tabs_takes_the_key_of_the_faster() {
    let store = fresh_store().await;
    let first = load_or_make(&store).await.unwrap();
    let wrapping = Wrapping::make(&SECRET).await;
    assert_eq!(keep(&store, &SECRET, wrapping).await, Ok(first.clone()));
    assert_eq!(keep(&store, &SECRET, None).await, Ok(first));
}

#[wasm_bindgen_test]
async fn lies_plain_where_the_browser_cannot_store_the_wrapping_key() {
    let store = fresh_store().await;
    let mut wrapping = Wrapping::make(&SECRET).await.unwrap();
    // IndexedDB refuses a function as some browsers refuse a CryptoKey.
    wrapping.key = Function::new_no_args("").into();
    check_plain(&store, Some(wrapping)).await;
}

#[wasm_bindgen_test]
async fn lies_plain_where_the_wrapping_key_does_not_come_back() {
    let store = fresh_store().await;
    let mut wrapping = Wrapping::make(&SECRET).await.unwrap();
    wrapping.key = Object::new().into();
    check_plain(&store, Some(wrapping)).await;
}

#[wasm_bindgen_test]
async fn lies_plain_where_there_is_no_webcrypto_for_it() {
    check_plain(&fresh_store().await, None).await;
}

async fn check_plain(store: &IndexedDb, wrapping: Option<Wrapping>) {
    let plain = VaultKey {
        key: Key::new(SECRET),
        is_plain: true,
    };
    assert_eq!(keep(store, &SECRET, wrapping).await, Ok(plain.clone()));
    assert_eq!(load_or_make(store).await, Ok(plain));
    let row = key_row(store, "vault").await.unwrap();
    assert_eq!(
        bytes_from_js(&property(&row, "plain")),
        Some(SECRET.to_vec())
    );
    assert_eq!(key_row(store, "wrap").await, None);
}

#[wasm_bindgen_test]
async fn a_damaged_row_is_an_error_and_nothing_is_replaced() {
    let store = fresh_store().await;
    load_or_make(&store).await.unwrap();
    put_record(&store).await;
    let row = key_row(&store, "vault").await.unwrap();
    let mut wrapped = bytes_from_js(&property(&row, "wrapped")).unwrap();
    wrapped[3] ^= 1;
    Reflect::set(&row, &"wrapped".into(), &bytes_to_js(&wrapped)).unwrap();
    let noise = Object::new().into();
    for damaged in [row, noise, JsValue::from("text")] {
        put_key_row(&store, "vault", Some(&damaged)).await;
        let outcome = load_or_make(&store).await;
        assert!(
            matches!(outcome, Err(KeyError::DoesNotOpen(_))),
            "{outcome:?}"
        );
    }
    assert_eq!(key_row(&store, "vault").await, Some("text".into()));
    assert!(record_is_there(&store).await);
}

#[wasm_bindgen_test]
async fn a_lost_wrapping_key_is_an_error_and_nothing_is_replaced() {
    let store = fresh_store().await;
    load_or_make(&store).await.unwrap();
    put_key_row(&store, "wrap", None).await;
    let outcome = load_or_make(&store).await;
    assert!(
        matches!(outcome, Err(KeyError::DoesNotOpen(_))),
        "{outcome:?}"
    );
    assert_eq!(key_row(&store, "wrap").await, None);
}

#[wasm_bindgen_test]
async fn records_without_a_key_get_no_new_one() {
    let store = fresh_store().await;
    put_record(&store).await;
    assert_eq!(load_or_make(&store).await, Err(KeyError::Missing));
    assert_eq!(key_row(&store, "vault").await, None);
    assert!(record_is_there(&store).await);
}

#[wasm_bindgen_test]
async fn a_row_of_a_later_version_waits_for_an_update() {
    let store = fresh_store().await;
    load_or_make(&store).await.unwrap();
    let row = key_row(&store, "vault").await.unwrap();
    Reflect::set(&row, &"v".into(), &2.into()).unwrap();
    put_key_row(&store, "vault", Some(&row)).await;
    assert_eq!(load_or_make(&store).await, Err(KeyError::Later));
}
