//! The rows of `keys`, as `docs/store-format.md` has them.

use super::wrapping::{Wrapping, unwrap};
use super::{KEY_BYTES, KeyError, VaultKey};
use crate::browser::property;
use crate::indexed_db::{bytes_from_js, bytes_to_js};
use hearth_core::Key;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

const VERSION: f64 = 1.0;

/// Where the vault key lies.
pub(crate) fn vault() -> JsValue {
    "vault".into()
}

/// What tells a vault's key row from any other's. It stays in memory, beside the key itself.
pub(crate) fn mark_of(row: &JsValue) -> Vec<u8> {
    let part = |name| bytes_from_js(&property(row, name));
    part("wrapped")
        .or_else(|| part("plain"))
        .unwrap_or_default()
}

/// Where the key lies that wraps it.
pub(super) fn wrap() -> JsValue {
    "wrap".into()
}

/// Where it says that the vault was removed, and its key with it.
pub(super) fn removed() -> JsValue {
    "removed".into()
}

/// A vault key's row to be kept.
pub(super) fn wrapped(wrapping: &Wrapping) -> JsValue {
    make(&[("iv", &wrapping.iv), ("wrapped", &wrapping.wrapped)])
}

/// The same where no CryptoKey can be kept.
pub(super) fn plain(secret: &[u8; KEY_BYTES]) -> JsValue {
    make(&[("plain", secret)])
}

fn make(parts: &[(&str, &[u8])]) -> JsValue {
    let row = Object::new();
    let set = |name: &str, value: JsValue| {
        // An object made a line ago takes any property.
        let _: Result<bool, JsValue> = Reflect::set(&row, &name.into(), &value);
    };
    set("v", VERSION.into());
    for (name, part) in parts {
        set(name, bytes_to_js(part));
    }
    row.into()
}

/// What was found in `keys`.
pub(super) struct Stored {
    pub(super) row: JsValue,
    pub(super) wrap: Option<JsValue>,
}

impl Stored {
    /// The vault key.
    pub(super) async fn open(&self) -> Result<VaultKey, KeyError> {
        match property(&self.row, "v").as_f64() {
            Some(VERSION) => {}
            Some(version) if version > VERSION => return Err(KeyError::Later),
            _ => return Err(KeyError::DoesNotOpen("its row is damaged")),
        }
        let part = |name| bytes_from_js(&property(&self.row, name));
        let (secret, is_plain) = match (part("plain"), part("iv"), part("wrapped")) {
            (Some(plain), _, _) => (plain, true),
            (None, Some(iv), Some(wrapped)) => {
                let wrap = self.wrap.as_ref();
                let wrap = wrap.ok_or(KeyError::DoesNotOpen("its wrapping key is not there"))?;
                (unwrap(wrap, &iv, &wrapped).await?, false)
            }
            _ => return Err(KeyError::DoesNotOpen("its row is damaged")),
        };
        let secret: [u8; KEY_BYTES] = secret
            .try_into()
            .map_err(|_| KeyError::DoesNotOpen("it has the wrong length"))?;
        Ok(VaultKey {
            key: Key::new(secret),
            is_plain,
        })
    }
}
