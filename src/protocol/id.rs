//! Identifiers. All but two kinds are 16 random bytes; every kind is a type of its own, so a
//! stream is never taken for a device. As text: lower-case hexadecimal digits.

use core::fmt;
use core::str::FromStr;

/// The text is not the hexadecimal digits of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is hexadecimal digits, two for each byte")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub struct $name(pub [u8; $bytes]);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read_hex(text).map(Self)
            }
        }

        impl crate::form::Field for $name {
            fn read(value: crate::Value) -> Result<Self, crate::form::FormError> {
                crate::form::Field::read(value).map(Self)
            }

            fn write(&self) -> crate::Value {
                crate::Value::Bytes(self.0.to_vec())
            }
        }
    };
}

id!(
    /// Names one entity (a record, a photo, a person's card): 16 random bytes, made on the device.
    EntityId, 16
);
id!(
    /// Names a circle: the hash of its first control entry, so nobody can swap one for another.
    CircleId, 32
);
id!(
    /// Names a stream of a circle: 16 random bytes. Its name in words is content.
    StreamId, 16
);
id!(
    /// Names a device in one circle: the first 16 bytes of the hash of its two public keys.
    DeviceId, 16
);
id!(
    /// Groups the devices and the recovery key of one person in one circle: 16 random bytes.
    PersonId, 16
);
id!(
    /// Names an attachment of one stream: 16 random bytes, never a hash of its content.
    BlobId, 16
);
id!(
    /// The random name of the server's present copy of a stream's log.
    LogId, 16
);
id!(
    /// Names an invite: 16 random bytes.
    InviteId, 16
);
id!(
    /// A SHA-256 hash, always made under a label of its own.
    Hash, 32
);

impl Hash {
    /// What stands before the first: no hash has this value.
    pub const ZERO: Self = Self([0; 32]);

    /// The first 8 bytes, where a hint is enough.
    #[must_use]
    pub fn short(&self) -> [u8; 8] {
        let mut short = [0; 8];
        short.copy_from_slice(&self.0[..8]);
        short
    }
}

fn read_hex<const N: usize>(text: &str) -> Result<[u8; N], NotAnId> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return Err(NotAnId);
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
    }
    Ok(bytes)
}

fn hex_digit(digit: u8) -> Result<u8, NotAnId> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotAnId),
    }
}
