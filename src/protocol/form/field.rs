//! What a numbered field can hold.

use super::{Fields, FormError};
use crate::value::Value;

/// A type that a field can hold.
pub trait Field: Sized {
    /// Reads it from a value.
    ///
    /// # Errors
    /// [`FormError::Shape`] where the value is of another type.
    fn read(value: Value) -> Result<Self, FormError>;

    /// The value that stands for it.
    fn write(&self) -> Value;

    /// Takes it out of the fields of an object.
    ///
    /// # Errors
    /// [`FormError::Shape`] where it is missing or of another type.
    fn take(fields: &mut Fields, number: u64) -> Result<Self, FormError> {
        Self::read(fields.remove(&number).ok_or(FormError::Shape)?)
    }

    /// Puts it among the fields of an object.
    fn put(&self, fields: &mut Fields, number: u64) {
        fields.insert(number, self.write());
    }
}

/// Absent, or there: `null` is not a second way to be absent.
impl<T: Field> Field for Option<T> {
    fn read(value: Value) -> Result<Self, FormError> {
        T::read(value).map(Some)
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::write)
    }

    fn take(fields: &mut Fields, number: u64) -> Result<Self, FormError> {
        fields.remove(&number).map(T::read).transpose()
    }

    fn put(&self, fields: &mut Fields, number: u64) {
        if let Some(inner) = self {
            inner.put(fields, number);
        }
    }
}

impl Field for u64 {
    fn read(value: Value) -> Result<Self, FormError> {
        let number = value.as_int().ok_or(FormError::Shape)?;
        Self::try_from(number).map_err(|_| FormError::Shape)
    }

    /// Numbers beyond `i64::MAX` do not exist on the wire; nothing here counts that far.
    fn write(&self) -> Value {
        Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl Field for bool {
    fn read(value: Value) -> Result<Self, FormError> {
        match value {
            Value::Bool(yes) => Ok(yes),
            _ => Err(FormError::Shape),
        }
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Field for String {
    fn read(value: Value) -> Result<Self, FormError> {
        match value {
            Value::Text(text) => Ok(text),
            _ => Err(FormError::Shape),
        }
    }

    fn write(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Field for Vec<u8> {
    fn read(value: Value) -> Result<Self, FormError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(FormError::Shape),
        }
    }

    fn write(&self) -> Value {
        Value::Bytes(self.clone())
    }
}

impl<const N: usize> Field for [u8; N] {
    fn read(value: Value) -> Result<Self, FormError> {
        value.as_array().ok_or(FormError::Shape)
    }

    fn write(&self) -> Value {
        Value::Bytes(self.to_vec())
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: Value) -> Result<Self, FormError> {
        match value {
            Value::List(items) => items.into_iter().map(T::read).collect(),
            _ => Err(FormError::Shape),
        }
    }

    fn write(&self) -> Value {
        Value::List(self.iter().map(Field::write).collect())
    }
}

macro_rules! tuple {
    ($($part:ident $at:tt),+) => {
        /// A list of exactly these.
        impl<$($part: Field),+> Field for ($($part,)+) {
            fn read(value: Value) -> Result<Self, FormError> {
                let Value::List(items) = value else {
                    return Err(FormError::Shape);
                };
                let mut items = items.into_iter();
                let whole = ($($part::read(items.next().ok_or(FormError::Shape)?)?,)+);
                match items.next() {
                    None => Ok(whole),
                    Some(_) => Err(FormError::Shape),
                }
            }

            fn write(&self) -> Value {
                Value::List(vec![$(self.$at.write()),+])
            }
        }
    };
}

tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
