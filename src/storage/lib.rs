//! The browser's side of the store: IndexedDB behind core's `Store`, the vault key in WebCrypto's
//! keeping, which vaults a phone has, small settings, and how much room is left.
//!
//! Its formats are those of `docs/store-format.md`. No record is understood here: rows come in
//! sealed and go out sealed. Nothing here may delete a database whose key still lies there
//! (`vaults/removal.rs` takes the key first), and nothing may make a new key where rows lie under
//! an old one.

mod browser;
mod indexed_db;
pub mod persist;
mod reserve;
pub mod settings;
mod vault_key;
mod vaults;

pub use indexed_db::IndexedDb;
pub use vault_key::{KeyError, VaultKey};
pub use vaults::{OpenError, Presence, find_vaults, open_vault, remove_vault};

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
#[cfg(test)]
mod testing;
