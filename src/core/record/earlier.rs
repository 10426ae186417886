//! What the fields of a record said before: each save of a field is a version, and none goes but
//! with the record.

use crate::Day;
use hearth_protocol::{EntityId, Millis, Value};
use serde::{Deserialize, Serialize};

/// What was written into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It was emptied.
    Nothing,
    /// Words, or the code of a choice.
    Words(String),
    /// A day.
    Day(Day),
    /// A child.
    Child(EntityId),
}

/// One version of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it says.
    pub said: Said,
    /// When it was saved, in milliseconds since 1970.
    pub when: Millis,
    /// Who wrote it; empty where nobody said their name, and for this phone's person.
    pub by: String,
    /// Whether this phone's person wrote it.
    pub is_mine: bool,
    /// Whether it is the one that the record shows.
    pub is_shown: bool,
}

/// A field with more than one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// Of what: the record, or one of its photos.
    pub of: EntityId,
    /// Which field.
    pub field: u64,
    /// Its versions, newest first, those of both sides of a conflict among them.
    pub versions: Vec<Version>,
}

/// The earlier versions of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Words and choices first, then the child, the day, and what is on the photos.
    pub fields: Vec<Rewritten>,
    /// Whether this phone's person may bring one back: their own record, and not in the bin.
    pub may_bring_back: bool,
}

impl Said {
    /// What a value says in its field; nothing a screen could show of a later build's.
    #[must_use]
    pub(crate) fn of_value(field: u64, value: &Value) -> Option<Self> {
        Some(match (field, value) {
            (_, Value::Null) => Self::Nothing,
            (super::CHILD, child) => Self::Child(EntityId(child.as_array()?)),
            (super::DAY, day) => Self::Day(Day(i32::try_from(day.as_int()?).ok()?)),
            (_, words) => Self::Words(words.as_text()?.to_owned()),
        })
    }

    /// The same, to be written again.
    #[must_use]
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Words(words) => Value::Text(words.clone()),
            Self::Day(day) => Value::Int(day.0.into()),
            Self::Child(child) => Value::Bytes(child.0.to_vec()),
        }
    }
}
