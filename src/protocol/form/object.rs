//! The macros that declare objects and numbered names.

/// Declares a type, its table of fields and both directions. The number of a field is never
/// used for another field, not even after it is gone.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $vis:vis struct $type:ident, $name:literal {
            $($(#[$field_doc:meta])* $field:ident: $kind:ty = $number:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis struct $type {
            $($(#[$field_doc])* $vis $field: $kind,)*
        }

        impl $crate::form::Object for $type {
            const NAME: &'static str = $name;
            const FIELDS: &'static [(u64, &'static str)] = &[$(($number, stringify!($field))),*];

            fn take(fields: &mut $crate::form::Fields) -> Result<Self, $crate::form::FormError> {
                // An object without fields takes nothing.
                let _ = &fields;
                Ok(Self { $($field: $crate::form::Field::take(fields, $number)?,)* })
            }

            fn put(&self, fields: &mut $crate::form::Fields) {
                let _ = &fields;
                $($crate::form::Field::put(&self.$field, fields, $number);)*
            }
        }

        impl $crate::form::Field for $type {
            fn read(value: $crate::Value) -> Result<Self, $crate::form::FormError> {
                match value {
                    $crate::Value::Map(mut fields) => $crate::form::from_fields(&mut fields),
                    _ => Err($crate::form::FormError::Shape),
                }
            }

            fn write(&self) -> $crate::Value {
                let mut fields = $crate::form::Fields::new();
                $crate::form::Object::put(self, &mut fields);
                $crate::Value::Map(fields)
            }
        }
    };
}

/// Declares an enumeration whose members travel as numbers.
macro_rules! numbered {
    (
        $(#[$doc:meta])*
        pub enum $type:ident {
            $($(#[$member_doc:meta])* $member:ident = $number:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$member_doc])* $member = $number,)+
        }

        impl $type {
            /// Every member with its number and name, as `docs/protocol.md` lists them.
            pub const TABLE: &'static [(u64, &'static str)] =
                &[$(($number, stringify!($member))),+];

            /// Its number on the wire.
            #[must_use]
            pub fn number(self) -> u64 {
                self as u64
            }

            /// The member with this number.
            #[must_use]
            pub fn from_number(number: u64) -> Option<Self> {
                match number {
                    $($number => Some(Self::$member),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use {numbered, object};
