//! The suite that every [`Store`] passes: in memory natively, on `IndexedDB` in a browser.
//!
//! Each case takes an empty store. [`store_tests!`](crate::store_tests) makes a test of each.

use crate::ports::{Expected, Store, StoreError, Table, Write};

fn put(table: Table, key: &[u8], value: &[u8]) -> Write {
    Write::Put {
        table,
        key: key.to_vec(),
        value: value.to_vec(),
    }
}

fn delete(table: Table, key: &[u8]) -> Write {
    Write::Delete {
        table,
        key: key.to_vec(),
    }
}

type Outcome = Result<(), StoreError>;

/// What was written is read, and nothing else.
///
/// # Errors
/// The store's.
pub async fn reads_what_was_written(store: impl Store) -> Outcome {
    store
        .write(vec![
            put(Table::Meta, b"a", b"one"),
            put(Table::Drafts, b"a", b"two"),
        ])
        .await?;
    assert_eq!(store.get(Table::Meta, b"a").await?, Some(b"one".to_vec()));
    assert_eq!(store.get(Table::Drafts, b"a").await?, Some(b"two".to_vec()));
    assert_eq!(store.get(Table::Blobs, b"a").await?, None);
    assert_eq!(store.get(Table::Meta, b"b").await?, None);
    Ok(())
}

/// A later value replaces an earlier one, also inside one transaction.
///
/// # Errors
/// The store's.
pub async fn the_last_write_of_a_key_counts(store: impl Store) -> Outcome {
    store
        .write(vec![
            put(Table::Meta, b"a", b"1"),
            put(Table::Meta, b"a", b"2"),
        ])
        .await?;
    assert_eq!(store.get(Table::Meta, b"a").await?, Some(b"2".to_vec()));
    store
        .write(vec![
            delete(Table::Meta, b"a"),
            delete(Table::Meta, b"never"),
        ])
        .await?;
    assert_eq!(store.get(Table::Meta, b"a").await?, None);
    store.write(vec![]).await?;
    Ok(())
}

/// Rows come in the order of their keys' bytes, page by page, with none left out or twice.
///
/// # Errors
/// The store's.
pub async fn scans_in_the_order_of_the_bytes(store: impl Store) -> Outcome {
    let keys: [&[u8]; 7] = [
        b"",
        b"\x00",
        b"\x00\x01",
        b"\x7f",
        b"\x80",
        b"\xff",
        b"\xff\x00",
    ];
    let shuffled = [3, 0, 6, 2, 5, 1, 4];
    for at in shuffled {
        store
            .write(vec![put(
                Table::Changes,
                keys[at],
                &[u8::try_from(at).unwrap_or(0)],
            )])
            .await?;
    }
    store
        .write(vec![put(Table::Blobs, b"\x01", b"other table")])
        .await?;
    assert_eq!(store.keys(Table::Changes).await?, keys);
    for limit in 1..9 {
        let mut found: Vec<Vec<u8>> = Vec::new();
        loop {
            let after = found.last().cloned();
            let page = store.scan(Table::Changes, after.as_deref(), limit).await?;
            assert!(page.len() <= limit);
            if page.is_empty() {
                break;
            }
            found.extend(page.into_iter().map(|(key, _)| key));
        }
        assert_eq!(found, keys, "pages of {limit}");
    }
    Ok(())
}

/// A value of some megabytes and one of no bytes come back as they were.
///
/// # Errors
/// The store's.
pub async fn keeps_large_and_empty_values(store: impl Store) -> Outcome {
    let large: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    store
        .write(vec![
            put(Table::Blobs, b"large", &large),
            put(Table::Blobs, b"none", b""),
        ])
        .await?;
    assert!(store.get(Table::Blobs, b"large").await? == Some(large));
    assert_eq!(store.get(Table::Blobs, b"none").await?, Some(vec![]));
    Ok(())
}

/// Two hundred transactions begun at once all happen, and their order is that of the calls.
///
/// # Errors
/// The store's.
pub async fn transactions_happen_in_the_order_of_the_calls(store: impl Store) -> Outcome {
    for at in 0..200_u8 {
        store
            .write(vec![
                put(Table::Meta, b"latest", &[at]),
                put(Table::Drafts, &[at], &[at]),
            ])
            .await?;
    }
    assert_eq!(store.get(Table::Meta, b"latest").await?, Some(vec![199]));
    assert_eq!(store.keys(Table::Drafts).await?.len(), 200);
    Ok(())
}

/// A transaction that counts on what is not so does not happen, the steps before it included.
///
/// # Errors
/// The store's.
pub async fn does_nothing_where_it_finds_what_it_did_not_expect(store: impl Store) -> Outcome {
    let expect = |key: &[u8], what| Write::Expect {
        table: Table::Meta,
        key: key.to_vec(),
        what,
    };
    store.write(vec![put(Table::Meta, b"a", b"one")]).await?;
    let unmet = [
        (&b"a"[..], Expected::Nothing),
        (b"b", Expected::Something),
        (b"b", Expected::Exactly(b"one".to_vec())),
        (b"a", Expected::Exactly(b"two".to_vec())),
        (b"a", Expected::Exactly(b"".to_vec())),
    ];
    for (key, what) in unmet {
        let steps = [
            put(Table::Drafts, b"d", b"before"),
            expect(key, what.clone()),
            delete(Table::Meta, b"a"),
        ];
        let outcome = store.write(steps.to_vec()).await;
        assert!(
            matches!(outcome, Err(StoreError::Refused(_))),
            "{what:?}: {outcome:?}"
        );
        assert_eq!(store.get(Table::Drafts, b"d").await?, None);
        assert_eq!(store.get(Table::Meta, b"a").await?, Some(b"one".to_vec()));
    }
    let met = [
        expect(b"a", Expected::Something),
        expect(b"a", Expected::Exactly(b"one".to_vec())),
        expect(b"b", Expected::Nothing),
        put(Table::Meta, b"b", b"two"),
    ];
    store.write(met.to_vec()).await?;
    assert_eq!(store.get(Table::Meta, b"b").await?, Some(b"two".to_vec()));
    Ok(())
}

/// Makes one test of each case. `$test` is the test attribute, `$run` runs a future to its end
/// (or is `async` where the attribute takes async functions), `$make` makes an empty store.
#[macro_export]
macro_rules! store_tests {
    ($(#[$test:meta])* async, $make:expr) => { $crate::store_tests!(@each [$(#[$test])*] [async] $make;
        reads_what_was_written the_last_write_of_a_key_counts scans_in_the_order_of_the_bytes
        keeps_large_and_empty_values transactions_happen_in_the_order_of_the_calls
        does_nothing_where_it_finds_what_it_did_not_expect); };
    ($(#[$test:meta])* $run:path, $make:expr) => { $crate::store_tests!(@each [$(#[$test])*] [$run] $make;
        reads_what_was_written the_last_write_of_a_key_counts scans_in_the_order_of_the_bytes
        keeps_large_and_empty_values transactions_happen_in_the_order_of_the_calls
        does_nothing_where_it_finds_what_it_did_not_expect); };
    (@each $test:tt $how:tt $make:expr; $($case:ident)*) => { $(
        $crate::store_tests!(@one $test $how $make; $case);
    )* };
    (@one [$($test:tt)*] [async] $make:expr; $case:ident) => {
        $($test)* async fn $case() {
            $crate::conformance::$case($make.await).await.unwrap();
        }
    };
    (@one [$($test:tt)*] [$run:path] $make:expr; $case:ident) => {
        $($test)* fn $case() {
            $run($crate::conformance::$case($make)).unwrap();
        }
    };
}

#[cfg(test)]
mod tests {
    crate::store_tests!(
        #[test]
        pollster::block_on,
        crate::memory::MemoryStore::default()
    );
}
