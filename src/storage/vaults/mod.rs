//! Which vaults a phone has, and opening the one in use.

mod lock;
mod removal;

use crate::browser::{global, property, random};
use crate::indexed_db::{IndexedDb, Problem};
use crate::vault_key::{KeyError, VaultKey, load_or_make};
use hearth_core::EntityId;
use hearth_core::ports::{Store, StoreError, Table};
use js_sys::{Array, Function, Promise};
use lock::Lock;
pub use removal::{Presence, remove_vault};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

pub(crate) const NAME_PREFIX: &str = "hearth-vault-";

/// Why no vault is open. What lies in one lies there as before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The database does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database opens, its key does not.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Opens the vault of that name. Where the phone does not remember a name, or has no such vault,
/// the one that was written to last is taken; a new one is made only where there is none.
/// The answer says which it is, for [`crate::settings::set_vault`].
///
/// # Errors
/// [`OpenError`]; no vault was changed.
pub async fn open_vault(
    wanted: Option<EntityId>,
) -> Result<(EntityId, IndexedDb, VaultKey), OpenError> {
    // Two tabs on the first day must not make a vault each.
    let _alone = Lock::acquire("hearth-open-vault").await;
    let (mut wanted, mut found) = (wanted, find_vaults().await?);
    loop {
        let vault = choose(wanted, found.clone()).await?;
        let store = IndexedDb::open(vault).await?;
        match load_or_make(&store).await {
            Err(KeyError::Removed) => {
                // Its removal was cut short. Where it does not end now, it does at a later start.
                let _: Result<(), StoreError> = store.delete().await;
                found.retain(|other| *other != vault);
                wanted = wanted.filter(|other| *other != vault);
            }
            key => return Ok((vault, store, key?)),
        }
    }
}

/// Every vault on this phone. Empty also where a browser cannot list its databases.
///
/// # Errors
/// [`StoreError`]: the browser can, and did not.
pub async fn find_vaults() -> Result<Vec<EntityId>, StoreError> {
    let factory = global("indexedDB");
    let Some(databases) = property(&factory, "databases")
        .dyn_ref::<Function>()
        .cloned()
    else {
        return Ok(vec![]);
    };
    let listed = async {
        let listing: Promise = databases.call0(&factory)?.dyn_into()?;
        JsFuture::from(listing).await
    };
    let listed = Array::from(&listed.await.map_err(Problem::from)?);
    let names = listed
        .iter()
        .filter_map(|entry| property(&entry, "name").as_string());
    Ok(names
        .filter_map(|name| name.strip_prefix(NAME_PREFIX)?.parse().ok())
        .collect())
}

async fn choose(wanted: Option<EntityId>, found: Vec<EntityId>) -> Result<EntityId, OpenError> {
    match (wanted, found.as_slice()) {
        (Some(wanted), found) if found.is_empty() || found.contains(&wanted) => Ok(wanted),
        (_, [only]) => Ok(*only),
        (None, []) => random()
            .map(EntityId)
            .ok_or(OpenError::Key(KeyError::NoRandomness)),
        (_, several) => Ok(find_latest(several).await.unwrap_or(several[0])),
    }
}

/// The vault with the latest change; one that does not open counts as empty.
async fn find_latest(vaults: &[EntityId]) -> Option<EntityId> {
    let mut latest = None;
    for vault in vaults {
        let change = latest_change(*vault).await.unwrap_or_default();
        latest = latest.max(Some((change, *vault)));
    }
    latest.map(|(_, vault)| vault)
}

/// The key of the last change, which begins with its time.
async fn latest_change(vault: EntityId) -> Result<Option<Vec<u8>>, StoreError> {
    let keys = IndexedDb::open(vault).await?.keys(Table::Changes).await?;
    Ok(keys.into_iter().next_back())
}

#[cfg(test)]
mod tests;
