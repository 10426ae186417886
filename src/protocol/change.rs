//! A change: one save. It names an entity and gives some of its fields new values.
//!
//! Bytes: a CBOR list `[version, kind, entity, hlc, {field: value}]`. Kind and field numbers
//! are never reused; a number this build does not know is kept, in the bytes and in the map.

use crate::clock::Hlc;
use crate::id::EntityId;
use crate::sorted::SortedMap;
use crate::value::{ListWithMap, Value, ValueError};

/// The version every object begins with; it fixes the formats and ciphers.
pub const VERSION: i64 = 1;

pub use crate::limits::LONGEST_CHANGE;

/// The kind of a change, in an erase frame, that names an entity to hide whole. Its patch is
/// empty. Every other kind is the application's.
pub const ERASED_KIND: u64 = 0;

/// One save of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What sort of thing the entity is; its meaning is the application's.
    pub kind: u64,
    /// Which entity.
    pub entity: EntityId,
    /// When its author saved it.
    pub hlc: Hlc,
    /// The fields that were set, by number.
    pub patch: SortedMap<u64, Value>,
}

/// Why bytes are not a change this build can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Longer than [`LONGEST_CHANGE`].
    #[error("longer than {LONGEST_CHANGE} bytes")]
    TooLong,
    /// Not deterministic CBOR.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A list, but not of the shape of a change.
    #[error("not shaped like a change")]
    Shape,
    /// Made by a later version: keep the bytes, they open after an update.
    #[error("made by version {0} of the format")]
    Later(i64),
}

impl Change {
    /// The bytes of this change, always the same for the same change.
    ///
    /// # Errors
    /// [`ChangeError`], so that no device writes what another must refuse.
    pub fn encode(&self) -> Result<Vec<u8>, ChangeError> {
        let head = [
            Value::Int(VERSION),
            // A kind beyond i64 cannot be read back, so it is not a kind.
            Value::Int(i64::try_from(self.kind).map_err(|_| ChangeError::Shape)?),
            Value::Bytes(self.entity.0.to_vec()),
            Value::Int(i64::try_from(self.hlc.0).map_err(|_| ChangeError::Shape)?),
        ];
        let map = &self.patch;
        let value = ListWithMap { head, map };
        let bytes = value.encode();
        if bytes.len() > LONGEST_CHANGE {
            return Err(ChangeError::TooLong);
        }
        // Nested too deep, say: nobody could read it back, its author neither.
        value.check()?;
        Ok(bytes)
    }

    /// Reads one change that fills all the bytes.
    ///
    /// # Errors
    /// See [`ChangeError`]; no input panics.
    pub fn decode(bytes: &[u8]) -> Result<Self, ChangeError> {
        if bytes.len() > LONGEST_CHANGE {
            return Err(ChangeError::TooLong);
        }
        let value = Value::decode(bytes)?;
        let items = value.as_list().ok_or(ChangeError::Shape)?;
        let version = items.first().and_then(Value::as_int);
        match version.ok_or(ChangeError::Shape)? {
            VERSION => {}
            later if later > VERSION => return Err(ChangeError::Later(later)),
            _ => return Err(ChangeError::Shape),
        }
        let [_, kind, entity, hlc, patch] = items else {
            return Err(ChangeError::Shape);
        };
        Ok(Self {
            kind: unsigned(kind)?,
            entity: EntityId(entity.as_array().ok_or(ChangeError::Shape)?),
            hlc: Hlc(unsigned(hlc)?),
            patch: patch.as_map().ok_or(ChangeError::Shape)?.clone(),
        })
    }
}

fn unsigned(value: &Value) -> Result<u64, ChangeError> {
    let number = value.as_int().ok_or(ChangeError::Shape)?;
    u64::try_from(number).map_err(|_| ChangeError::Shape)
}

#[cfg(test)]
mod tests;
