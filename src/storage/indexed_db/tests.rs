use super::connection::Connection;
use super::migrations::VERSION;
use super::*;
use crate::browser::property;
use crate::testing::{at_once, fresh_store, name_of, new_id};
use idb::{DatabaseEvent, Factory, ObjectStoreParams, Request};
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

hearth_core::store_tests!(
    #[wasm_bindgen_test]
    async,
    fresh_store()
);

async fn open_connection(name: &str, version: u32) -> Result<Connection, Problem> {
    Connection::open(name, version, true, &OnClose::default()).await
}

fn put(key: &[u8], value: &[u8]) -> Write {
    Write::Put {
        table: Table::Changes,
        key: key.to_vec(),
        value: value.to_vec(),
    }
}

async fn rows(store: &IndexedDb) -> Vec<Row> {
    store.scan(Table::Changes, None, usize::MAX).await.unwrap()
}

fn one_row() -> Vec<Row> {
    vec![(b"kept".to_vec(), b"words".to_vec())]
}

async fn store_with_one_row() -> IndexedDb {
    let store = fresh_store().await;
    store.write(vec![put(b"kept", b"words")]).await.unwrap();
    store
}

#[wasm_bindgen_test]
async fn a_transaction_given_up_halfway_leaves_nothing() {
    let store = store_with_one_row().await;
    let outcome = store
        .write_in(&["changes"], |transaction| {
            transaction::queue(transaction, &put(b"a", b"1"))?;
            Err(Problem::Refused("given up".into()))
        })
        .await;
    assert_eq!(outcome, Err(Problem::Refused("given up".into())));
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn a_step_that_fails_late_undoes_those_around_it() {
    let store = store_with_one_row().await;
    let outcome = store
        .write_in(&["changes"], |transaction| {
            transaction::queue(transaction, &put(b"a", b"1"))?;
            let changes = transaction.object_store("changes")?;
            changes.add(&bytes::to_js(b"other"), Some(&bytes::to_js(b"kept")))?;
            transaction::queue(transaction, &put(b"b", b"2"))
        })
        .await;
    assert_eq!(outcome, Err(Problem::Exists));
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn a_step_that_fails_at_once_undoes_those_before_it() {
    let store = store_with_one_row().await;
    let outcome = store
        .write_in(&["changes"], |transaction| {
            transaction::queue(transaction, &put(b"a", b"1"))?;
            let changes = transaction.object_store("changes")?;
            changes.put(&JsValue::NULL, Some(&JsValue::from(true)))?;
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(Problem::Refused(_))), "{outcome:?}");
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn writes_are_strictly_durable() {
    let store = fresh_store().await;
    let connection = store.connect().await.unwrap();
    let transaction = JsValue::from(connection.begin_strict(&["changes"]).unwrap());
    assert_eq!(property(&transaction, "durability"), "strict");
}

#[wasm_bindgen_test]
async fn what_was_written_is_there_after_closing() {
    let store = store_with_one_row().await;
    store.close();
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn a_connection_that_died_is_opened_again() {
    let store = store_with_one_row().await;
    store.connect().await.unwrap().database().close();
    assert_eq!(rows(&store).await, one_row());
    store.connect().await.unwrap().database().close();
    store.write(vec![put(b"kept", b"words")]).await.unwrap();
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn a_store_that_stays_lost_is_tried_four_times_and_says_so() {
    let store = fresh_store().await;
    let tries = Cell::new(0);
    let outcome: Result<(), Problem> = store
        .with_connection(async |_| {
            tries.set(tries.get() + 1);
            Err(Problem::Lost("gone".into()))
        })
        .await;
    assert_eq!(outcome, Err(Problem::Lost("gone".into())));
    assert_eq!(tries.get(), 1 + REOPENINGS);
}

#[wasm_bindgen_test]
async fn makes_way_for_a_newer_version_and_comes_back() {
    let vault = new_id();
    let store = IndexedDb::open(vault).await.unwrap();
    store.write(vec![put(b"kept", b"words")]).await.unwrap();
    let connection = store.connect().await.unwrap();
    // The newer version fails to upgrade, so that there is something to come back to.
    let mut newer = Factory::new()
        .unwrap()
        .open(&name_of(vault), Some(VERSION + 1))
        .unwrap();
    newer.on_upgrade_needed(|event| {
        let request = idb::Event::target(&event).unwrap();
        request.transaction().unwrap().abort().unwrap();
    });
    assert!(newer.await.is_err());
    assert!(!connection.is_open());
    assert_eq!(rows(&store).await, one_row());
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_refused_and_kept() {
    let vault = new_id();
    let connection = open_connection(&name_of(vault), VERSION + 1).await.unwrap();
    let refused = IndexedDb::open(vault).await.err();
    assert_eq!(refused, Some(StoreError::Later));
    assert_eq!(connection.database().version(), Ok(VERSION + 1));
}

#[wasm_bindgen_test]
async fn an_older_tab_that_does_not_let_go_is_an_error_and_no_wait() {
    let name = name_of(new_id());
    let stubborn = Factory::new().unwrap().open(&name, Some(1)).unwrap();
    let stubborn = stubborn.await.unwrap();
    let blocked = open_connection(&name, 2).await.err();
    assert_eq!(blocked, Some(Problem::Blocked));
    stubborn.close();
    // The request that was blocked comes through now, and its connection must be in nobody's way.
    assert!(open_connection(&name, 3).await.is_ok());
}

#[wasm_bindgen_test]
async fn two_connections_writing_at_once_lose_nothing() {
    async fn write_200(vault: EntityId, mark: u8) {
        let store = IndexedDb::open(vault).await.unwrap();
        for at in 0..200 {
            store.write(vec![put(&[mark, at], &[at])]).await.unwrap();
        }
    }
    let vault = new_id();
    at_once(write_200(vault, 1), write_200(vault, 2)).await;
    let store = IndexedDb::open(vault).await.unwrap();
    assert_eq!(rows(&store).await.len(), 400);
}

#[wasm_bindgen_test]
async fn a_row_that_is_not_bytes_does_not_hide_the_others() {
    let store = store_with_one_row().await;
    store
        .write_in(&["changes"], |transaction| {
            let changes = transaction.object_store("changes")?;
            changes.put(&"text".into(), Some(&bytes::to_js(b"odd")))?;
            changes.put(&bytes::to_js(b"1"), Some(&"odd".into()))?;
            Ok(())
        })
        .await
        .unwrap();
    let mut expected = one_row();
    expected.push((b"odd".to_vec(), vec![]));
    assert_eq!(rows(&store).await, expected);
    assert_eq!(store.keys(Table::Changes).await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn this_version_has_the_tables_of_the_format() {
    let store = fresh_store().await;
    let names = store.connect().await.unwrap().database().store_names();
    let tables = [
        "blobs", "changes", "circles", "drafts", "frames", "keys", "meta",
    ];
    assert_eq!(names, tables);
}

/// What the first build left on a phone, made without today's migrations.
async fn first_version_with_one_row(vault: EntityId) {
    let mut request = Factory::new()
        .unwrap()
        .open(&name_of(vault), Some(1))
        .unwrap();
    request.on_upgrade_needed(|event| {
        let database = event.database().unwrap();
        for name in ["meta", "changes", "drafts", "blobs", "keys"] {
            let made = database.create_object_store(name, ObjectStoreParams::new());
            let changes = made.unwrap();
            if name == "changes" {
                let bytes = |bytes: &[u8]| JsValue::from(js_sys::Uint8Array::from(bytes));
                let put = changes.put(&bytes(b"words"), Some(&bytes(b"kept")));
                drop(put.unwrap());
            }
        }
    });
    request.await.unwrap().close();
}

#[wasm_bindgen_test]
async fn a_store_of_the_first_version_keeps_its_rows_and_gets_the_new_tables() {
    let vault = new_id();
    first_version_with_one_row(vault).await;
    let store = IndexedDb::open(vault).await.unwrap();
    assert_eq!(rows(&store).await, one_row());
    for table in [Table::Circles, Table::Frames] {
        assert_eq!(store.keys(table).await.unwrap(), Vec::<Vec<u8>>::new());
    }
}

#[wasm_bindgen_test]
async fn an_upgrade_that_was_cut_short_leaves_the_first_version_whole() {
    let vault = new_id();
    first_version_with_one_row(vault).await;
    let mut cut = Factory::new()
        .unwrap()
        .open(&name_of(vault), Some(VERSION))
        .unwrap();
    cut.on_upgrade_needed(|event| {
        super::migrations::run(&event.database().unwrap(), event.old_version().unwrap()).unwrap();
        let request = idb::Event::target(&event).unwrap();
        request.transaction().unwrap().abort().unwrap();
    });
    assert!(cut.await.is_err());
    let store = IndexedDb::open(vault).await.unwrap();
    assert_eq!(rows(&store).await, one_row());
}
