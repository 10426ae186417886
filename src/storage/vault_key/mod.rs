//! The vault key: loaded, or made where there is neither a key nor a row.
//!
//! It lies wrapped by a key that the browser keeps and hands to nobody, `docs/store-format.md`
//! says how. A key that does not unwrap stays as it is: a new one would turn every row into noise.

mod row;
mod wrapping;

use crate::browser::random;
use crate::indexed_db::{IndexedDb, KEYS, Problem};
use hearth_core::Key;
use hearth_core::ports::{StoreError, Table};
use idb::Transaction;
use row::Stored;
use wasm_bindgen::JsValue;
use wrapping::Wrapping;

pub(crate) use row::{mark_of, vault as place};

pub(crate) const KEY_BYTES: usize = 32;

/// A vault's key, and how it lies on the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultKey {
    /// It opens every row.
    pub key: Key,
    /// It lies unwrapped, because this browser cannot keep a wrapping key. Settings says so.
    pub is_plain: bool,
}

/// Why there is no key. The rows lie there as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The key's row is damaged, or its wrapping key is.
    #[error("the vault's key does not open: {0}")]
    DoesNotOpen(&'static str),
    /// A newer build wrote the key's row; it opens after an update.
    #[error("the vault's key is of a newer version")]
    Later,
    /// There are rows, and no key that could open them.
    #[error("the vault has records and no key")]
    Missing,
    /// The key was taken away for good: what lies here opens nowhere, and goes.
    #[error("the vault was removed from this phone")]
    Removed,
    /// No random numbers to make a key from.
    #[error("this phone gives no random numbers")]
    NoRandomness,
    /// The store did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Problem> for KeyError {
    fn from(problem: Problem) -> Self {
        Self::Store(problem.into())
    }
}

/// The key of a vault; of an empty one without a key, a new key.
pub(crate) async fn load_or_make(store: &IndexedDb) -> Result<VaultKey, KeyError> {
    if let Some(stored) = read(store).await? {
        return stored.open().await;
    }
    let secret: [u8; KEY_BYTES] = random().ok_or(KeyError::NoRandomness)?;
    // Wrapped before the transaction begins: WebCrypto may not be awaited inside one.
    let wrapping = Wrapping::make(&secret).await;
    keep(store, &secret, wrapping).await
}

/// Takes the key away, with the one that wraps it, and says so in their place: all of it, or
/// nothing. From then on no row opens.
pub(crate) async fn destroy(store: &IndexedDb) -> Result<(), Problem> {
    let queue = |transaction: &Transaction| {
        let keys = transaction.object_store(KEYS)?;
        keys.delete(row::vault())?;
        keys.delete(row::wrap())?;
        keys.put(&JsValue::TRUE, Some(&row::removed()))?;
        Ok(())
    };
    store.write_in(&[KEYS], queue).await
}

/// What lies in `keys`, or nothing in a vault without a single row. From then on the store knows
/// itself by it.
async fn read(store: &IndexedDb) -> Result<Option<Stored>, KeyError> {
    let tables = Table::ALL.map(Table::name);
    let all: Vec<&str> = tables.into_iter().chain([KEYS]).collect();
    let (found, rows, is_removed) = store
        .read_in(&all, async |transaction| {
            let keys = transaction.object_store(KEYS)?;
            let row = keys.get(row::vault())?.await?;
            let wrap = keys.get(row::wrap())?.await?;
            let removed = keys.get(row::removed())?.await?;
            let mut rows = 0;
            for table in tables {
                rows += transaction.object_store(table)?.count(None)?.await?;
            }
            Ok((row.map(|row| Stored { row, wrap }), rows, removed.is_some()))
        })
        .await?;
    match found {
        _ if is_removed => Err(KeyError::Removed),
        None if rows > 0 => Err(KeyError::Missing),
        found => {
            if let Some(stored) = &found {
                store.know(mark_of(&stored.row));
            }
            Ok(found)
        }
    }
}

/// Keeps a new key, unless another tab was faster: then that one's key is the key.
async fn keep(
    store: &IndexedDb,
    secret: &[u8; KEY_BYTES],
    wrapping: Option<Wrapping>,
) -> Result<VaultKey, KeyError> {
    let Some(wrapping) = wrapping else {
        return keep_plain(store, secret).await;
    };
    let row = row::wrapped(&wrapping);
    match add(store, &row, Some(&wrapping.key)).await {
        Ok(()) => {}
        Err(Problem::Exists) => return load(store).await,
        Err(Problem::NotStorable(_)) => return keep_plain(store, secret).await,
        Err(problem) => return Err(problem.into()),
    }
    // Some browsers take a CryptoKey and give back something else: asked now, while nothing
    // depends on it, over a connection that cannot remember it.
    store.close();
    let made = VaultKey {
        key: Key::new(*secret),
        is_plain: false,
    };
    match load(store).await {
        Ok(read) if read == made => Ok(made),
        Err(KeyError::Store(error)) => Err(error.into()),
        _ => replace_by_plain(store, secret).await,
    }
}

async fn keep_plain(store: &IndexedDb, secret: &[u8; KEY_BYTES]) -> Result<VaultKey, KeyError> {
    match add(store, &row::plain(secret), None).await {
        Ok(()) | Err(Problem::Exists) => load(store).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn load(store: &IndexedDb) -> Result<VaultKey, KeyError> {
    let stored = read(store)
        .await?
        .ok_or(KeyError::DoesNotOpen("it is not there"))?;
    stored.open().await
}

/// Adds both rows in one transaction; where `keys` has a vault key already, neither.
async fn add(store: &IndexedDb, row: &JsValue, wrap: Option<&JsValue>) -> Result<(), Problem> {
    let queue = |transaction: &Transaction| {
        let keys = transaction.object_store(KEYS)?;
        keys.add(row, Some(&row::vault()))?;
        if let Some(wrap) = wrap {
            keys.put(wrap, Some(&row::wrap()))?;
        }
        Ok(())
    };
    store.write_in(&[KEYS], queue).await
}

/// The same key in the form that this browser can keep. Only for a key that was just made here:
/// a tab that opened it meanwhile goes on with the same 32 bytes.
async fn replace_by_plain(
    store: &IndexedDb,
    secret: &[u8; KEY_BYTES],
) -> Result<VaultKey, KeyError> {
    let row = row::plain(secret);
    let queue = |transaction: &Transaction| {
        let keys = transaction.object_store(KEYS)?;
        keys.put(&row, Some(&row::vault()))?;
        keys.delete(row::wrap())?;
        Ok(())
    };
    store.write_in(&[KEYS], queue).await?;
    load(store).await
}

#[cfg(test)]
mod tests;
