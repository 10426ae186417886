//! How objects become bytes: a CBOR map of numbered fields, deterministic, read strictly.
//!
//! Field 0 of every object that travels by itself is its version. A field that is not in the
//! table, one that is missing, a second spelling: all refused. `object!` declares the table,
//! the type and both directions at once, so that they cannot differ.

use crate::change::VERSION;
use crate::sorted::SortedMap;
use crate::value::{Value, ValueError};

mod field;
mod object;

pub use field::Field;
pub(crate) use object::{numbered, object};

/// Why bytes are not the object they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Longer than the limit for this object.
    #[error("longer than allowed")]
    TooLong,
    /// Not deterministic CBOR.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// Fields are missing, too many, or of another type.
    #[error("not shaped like this object")]
    Shape,
    /// Made by a later version: keep the bytes, they open after an update.
    #[error("made by version {0} of the format")]
    Later(u64),
}

/// The numbered fields of one object.
pub type Fields = SortedMap<u64, Value>;

/// An object with a table of numbered fields.
pub trait Object: Sized {
    /// Its name in `docs/protocol.md`.
    const NAME: &'static str;
    /// Its fields, by number.
    const FIELDS: &'static [(u64, &'static str)];

    /// Takes its fields out of a map.
    ///
    /// # Errors
    /// See [`FormError`].
    fn take(fields: &mut Fields) -> Result<Self, FormError>;

    /// Puts its fields into a map.
    fn put(&self, fields: &mut Fields);

    /// The bytes of this object with its version, always the same for the same object.
    fn encode(&self) -> Vec<u8> {
        let mut fields = Fields::from([(0, Value::Int(VERSION))]);
        self.put(&mut fields);
        Value::Map(fields).encode()
    }

    /// Reads one object that fills all the bytes.
    ///
    /// # Errors
    /// See [`FormError`]; no input panics.
    fn decode(bytes: &[u8], longest: usize) -> Result<Self, FormError> {
        let mut fields = read_versioned(bytes, longest)?;
        from_fields(&mut fields)
    }
}

/// The fields of an object of this version, its version taken out.
pub(crate) fn read_versioned(bytes: &[u8], longest: usize) -> Result<Fields, FormError> {
    let (version, fields) = read_any_version(bytes, longest)?;
    if version == VERSION.unsigned_abs() {
        Ok(fields)
    } else {
        Err(FormError::Later(version))
    }
}

/// The version and the fields of an object of this or a later version.
pub(crate) fn read_any_version(bytes: &[u8], longest: usize) -> Result<(u64, Fields), FormError> {
    if bytes.len() > longest {
        return Err(FormError::TooLong);
    }
    let Value::Map(mut fields) = Value::decode(bytes)? else {
        return Err(FormError::Shape);
    };
    match u64::take(&mut fields, 0)? {
        0 => Err(FormError::Shape),
        version => Ok((version, fields)),
    }
}

/// The object in these fields, which must have no others.
pub(crate) fn from_fields<T: Object>(fields: &mut Fields) -> Result<T, FormError> {
    let object = T::take(fields)?;
    if fields.is_empty() {
        Ok(object)
    } else {
        Err(FormError::Shape)
    }
}

#[cfg(test)]
mod tests;
