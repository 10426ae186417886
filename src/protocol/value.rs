//! Field values and their deterministic CBOR (RFC 8949, 4.2): shortest forms, no floats, no
//! tags, no indefinite lengths, map keys ascending. What was signed is what is stored, so a
//! second spelling of the same value is refused instead of repaired.

use crate::limits::{MOST_ITEMS, MOST_MAPS};
use crate::sorted::SortedMap;
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// Values nest no deeper than this, so a hostile one cannot exhaust the stack.
const DEEPEST: u8 = 8;

/// Bytes before the content of a value: its type, its length or number.
const HEAD: usize = 9;

/// What a field can hold. Newer builds may send lists and maps where this build expects a
/// text: they are kept as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Emptied: the field had a value and has none now.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Words, or the code of a choice.
    Text(String),
    /// Identifiers, keys, digests.
    Bytes(Vec<u8>),
    /// In order.
    List(Vec<Value>),
    /// By field number.
    Map(SortedMap<u64, Value>),
}

/// Why bytes are not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// They are not CBOR, end early, or hold a type this format does not have.
    #[error("not a value of this format")]
    Malformed,
    /// They are CBOR, but not in the one spelling that is allowed.
    #[error("not in the shortest form")]
    NotCanonical,
    /// Lists in lists beyond the limit.
    #[error("nested too deep")]
    TooDeep,
    /// More items or maps than any message needs.
    #[error("more in it than allowed")]
    TooMany,
}

impl From<minicbor::decode::Error> for ValueError {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::Malformed
    }
}

impl Value {
    /// The bytes of this value, always the same for the same value.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.longest());
        let mut out = Encoder::new(&mut bytes);
        // Writing to a Vec cannot fail.
        let _: Result<(), minicbor::encode::Error<_>> = self.write(&mut out);
        bytes
    }

    /// Reads exactly one value that fills all the bytes.
    ///
    /// # Errors
    /// See [`ValueError`]; no input panics.
    pub fn decode(bytes: &[u8]) -> Result<Self, ValueError> {
        let mut room = Room::WHOLE;
        let value = read(&mut Decoder::new(bytes), DEEPEST, &mut room)?;
        // One comparison answers shortest forms, key order, duplicate keys and trailing bytes.
        let mut rest = Expected(bytes);
        let is_same = value.write(&mut Encoder::new(&mut rest)).is_ok() && rest.0.is_empty();
        is_same.then_some(value).ok_or(ValueError::NotCanonical)
    }

    /// Whether [`Value::decode`] takes the bytes of this value.
    ///
    /// # Errors
    /// Why not: [`ValueError::TooDeep`] or [`ValueError::TooMany`].
    fn claim(&self, depth_left: u8, room: &mut Room) -> Result<(), ValueError> {
        match self {
            Self::List(items) => {
                let depth = deeper(depth_left)?;
                room.take_items(items.len() as u64)?;
                items.iter().try_for_each(|item| item.claim(depth, room))
            }
            Self::Map(entries) => claim_map(entries, depth_left, room),
            _ => Ok(()),
        }
    }

    /// Bytes that it takes at most: a megabyte that grows piece by piece is copied twice.
    fn longest(&self) -> usize {
        let content = match self {
            Self::Null | Self::Bool(_) | Self::Int(_) => 0,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::List(items) => items.iter().map(Self::longest).sum(),
            Self::Map(entries) => return longest_map(entries),
        };
        HEAD + content
    }

    fn write<W: minicbor::encode::Write>(
        &self,
        out: &mut Encoder<W>,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Null => out.null()?,
            Self::Bool(yes) => out.bool(*yes)?,
            Self::Int(number) => out.i64(*number)?,
            Self::Text(text) => out.str(text)?,
            Self::Bytes(bytes) => out.bytes(bytes)?,
            Self::List(items) => {
                out.array(items.len() as u64)?;
                for item in items {
                    item.write(out)?;
                }
                out
            }
            Self::Map(entries) => return write_map(entries, out),
        };
        Ok(())
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes, if it holds exactly `N` of them.
    #[must_use]
    pub fn as_array<const N: usize>(&self) -> Option<[u8; N]> {
        match self {
            Self::Bytes(bytes) => bytes.as_slice().try_into().ok(),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    #[must_use]
    pub fn as_map(&self) -> Option<&SortedMap<u64, Value>> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }
}

/// A list that ends with a map, written without a copy of the map.
pub(crate) struct ListWithMap<'a, const N: usize> {
    pub(crate) head: [Value; N],
    pub(crate) map: &'a SortedMap<u64, Value>,
}

impl<const N: usize> ListWithMap<'_, N> {
    /// The bytes that [`Value::encode`] gives for the same list.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let head = self.head.iter().map(Value::longest);
        let mut bytes = Vec::with_capacity(HEAD + head.sum::<usize>() + longest_map(self.map));
        // Writing to a Vec cannot fail.
        let _: Result<(), minicbor::encode::Error<_>> = self.write(&mut Encoder::new(&mut bytes));
        bytes
    }

    /// Whether [`Value::decode`] takes these bytes.
    ///
    /// # Errors
    /// Why not: [`ValueError::TooDeep`] or [`ValueError::TooMany`].
    pub(crate) fn check(&self) -> Result<(), ValueError> {
        let mut room = Room::WHOLE;
        let depth = deeper(DEEPEST)?;
        room.take_items(self.len())?;
        let mut head = self.head.iter();
        head.try_for_each(|item| item.claim(depth, &mut room))?;
        claim_map(self.map, depth, &mut room)
    }

    fn write<W: minicbor::encode::Write>(
        &self,
        out: &mut Encoder<W>,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        out.array(self.len())?;
        for item in &self.head {
            item.write(out)?;
        }
        write_map(self.map, out)
    }

    fn len(&self) -> u64 {
        N as u64 + 1
    }
}

/// See [`Value::longest`].
fn longest_map(entries: &SortedMap<u64, Value>) -> usize {
    let entries = entries.values().map(|value| HEAD + value.longest());
    HEAD + entries.sum::<usize>()
}

fn claim_map(
    entries: &SortedMap<u64, Value>,
    depth_left: u8,
    room: &mut Room,
) -> Result<(), ValueError> {
    let depth = deeper(depth_left)?;
    room.take_map()?;
    room.take_items(entries.len() as u64)?;
    let mut values = entries.values();
    values.try_for_each(|item| item.claim(depth, room))
}

fn write_map<W: minicbor::encode::Write>(
    entries: &SortedMap<u64, Value>,
    out: &mut Encoder<W>,
) -> Result<(), minicbor::encode::Error<W::Error>> {
    out.map(entries.len() as u64)?;
    for (key, value) in entries {
        out.u64(*key)?;
        value.write(out)?;
    }
    Ok(())
}

fn deeper(depth_left: u8) -> Result<u8, ValueError> {
    depth_left.checked_sub(1).ok_or(ValueError::TooDeep)
}

/// Takes these bytes and no others, so that a megabyte is compared without a second one beside it.
struct Expected<'a>(&'a [u8]);

/// Other bytes than those that were expected.
struct Differs;

impl minicbor::encode::Write for Expected<'_> {
    type Error = Differs;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Differs> {
        self.0 = self.0.strip_prefix(bytes).ok_or(Differs)?;
        Ok(())
    }
}

/// What may still be claimed. It is taken when a length is read, not when its items come, so all
/// lists together never get more memory than the limit allows.
struct Room {
    items: usize,
    maps: usize,
}

impl Room {
    const WHOLE: Self = Self {
        items: MOST_ITEMS,
        maps: MOST_MAPS,
    };

    fn take_items(&mut self, claimed: u64) -> Result<usize, ValueError> {
        let claimed = usize::try_from(claimed).map_err(|_| ValueError::TooMany)?;
        self.items = self.items.checked_sub(claimed).ok_or(ValueError::TooMany)?;
        Ok(claimed)
    }

    fn take_map(&mut self) -> Result<(), ValueError> {
        self.maps = self.maps.checked_sub(1).ok_or(ValueError::TooMany)?;
        Ok(())
    }
}

fn read(input: &mut Decoder<'_>, depth_left: u8, room: &mut Room) -> Result<Value, ValueError> {
    Ok(match input.datatype()? {
        Type::Null => {
            input.null()?;
            Value::Null
        }
        Type::Bool => Value::Bool(input.bool()?),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => Value::Int(input.i64()?),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => Value::Int(input.i64()?),
        Type::String => Value::Text(input.str()?.to_owned()),
        Type::Bytes => Value::Bytes(input.bytes()?.to_vec()),
        Type::Array => {
            let length = input.array()?.ok_or(ValueError::NotCanonical)?;
            let depth = deeper(depth_left)?;
            let length = room.take_items(length)?;
            if length > input.input().len() - input.position() {
                // Every item is a byte at least.
                return Err(ValueError::Malformed);
            }
            let mut items = Vec::with_capacity(length);
            for _ in 0..length {
                items.push(read(input, depth, room)?);
            }
            Value::List(items)
        }
        Type::Map => {
            let length = input.map()?.ok_or(ValueError::NotCanonical)?;
            let depth = deeper(depth_left)?;
            room.take_map()?;
            let mut entries = SortedMap::new();
            for _ in 0..room.take_items(length)? {
                let key = input.u64()?;
                // In any other order it is no deterministic map, and entering would take long.
                let is_next = entries.last_key_value().is_none_or(|(last, _)| *last < key);
                if !is_next {
                    return Err(ValueError::NotCanonical);
                }
                entries.insert(key, read(input, depth, room)?);
            }
            Value::Map(entries)
        }
        _ => return Err(ValueError::Malformed),
    })
}

#[cfg(test)]
pub(crate) mod tests;
