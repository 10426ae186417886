//! The draft's bytes at rest: `docs/store-format.md`. A newer build's entries are ignored; the
//! row is kept until its draft is saved or thrown away.

use super::Draft;
use crate::Day;
use crate::photo::Photo;
use crate::record::RecordKind;
use hearth_protocol::SortedMap;
use hearth_protocol::sorted::gather;
use hearth_protocol::{EntityId, Value};

const VERSION: i64 = 1;

/// Why bytes are not a draft this build can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Damaged.
    #[error("not a draft")]
    Malformed,
    /// Made by a later build, or of a kind only that build knows.
    #[error("a draft of a later version")]
    Later,
}

type Entries = SortedMap<u64, Value>;

impl Draft {
    /// The bytes that are kept.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let fields = self
            .fields
            .iter()
            .map(|(field, text)| (*field, Value::Text(text.clone())));
        let mut entries = Entries::from([
            (1, int(self.kind.number())),
            (2, Value::Int(i64::from(self.is_edit))),
            (3, int(self.started)),
            (4, int(self.kept)),
            (7, Value::Map(gather(fields))),
            (
                8,
                Value::List(self.photos.iter().map(encode_photo).collect()),
            ),
        ]);
        if let Some(child) = self.child {
            entries.insert(5, Value::Bytes(child.0.to_vec()));
        }
        if let Some(day) = self.day {
            entries.insert(6, Value::Int(i64::from(day.0)));
        }
        Value::List(vec![Value::Int(VERSION), Value::Map(entries)]).encode()
    }

    /// Reads the draft of an entity.
    ///
    /// # Errors
    /// [`DraftError`]; no input panics.
    pub fn decode(id: EntityId, bytes: &[u8]) -> Result<Self, DraftError> {
        let value = Value::decode(bytes).map_err(|_| DraftError::Malformed)?;
        let items = value.as_list().ok_or(DraftError::Malformed)?;
        match items.first().and_then(Value::as_int) {
            Some(VERSION) => {}
            Some(later) if later > VERSION => return Err(DraftError::Later),
            _ => return Err(DraftError::Malformed),
        }
        let entries = items
            .get(1)
            .and_then(Value::as_map)
            .ok_or(DraftError::Malformed)?;
        let kind = number(entries, 1).ok_or(DraftError::Malformed)?;
        let texts = entries
            .get(&7)
            .and_then(Value::as_map)
            .ok_or(DraftError::Malformed)?;
        let photos = entries.get(&8).and_then(Value::as_list).unwrap_or_default();
        Ok(Self {
            id,
            kind: RecordKind::from_number(kind).ok_or(DraftError::Later)?,
            is_edit: number(entries, 2) == Some(1),
            started: number(entries, 3).unwrap_or_default(),
            kept: number(entries, 4).unwrap_or_default(),
            child: entries.get(&5).and_then(Value::as_array).map(EntityId),
            day: day(entries, 6),
            fields: gather(
                texts
                    .iter()
                    .filter_map(|(field, text)| Some((*field, text.as_text()?.to_owned()))),
            ),
            photos: photos
                .iter()
                .filter_map(|photo| decode_photo(photo.as_map()?))
                .collect(),
        })
    }
}

fn encode_photo(photo: &Photo) -> Value {
    let mut entries = Entries::from([
        (1, Value::Bytes(photo.id.0.to_vec())),
        (2, Value::Bytes(photo.blob.0.to_vec())),
        (3, Value::Bytes(photo.thumbnail.0.to_vec())),
        (4, int(photo.width.into())),
        (5, int(photo.height.into())),
        (6, Value::Text(photo.caption.clone())),
    ]);
    if let Some(day) = photo.taken {
        entries.insert(7, Value::Int(i64::from(day.0)));
    }
    Value::Map(entries)
}

fn decode_photo(entries: &Entries) -> Option<Photo> {
    let id = |key| entries.get(&key)?.as_array().map(EntityId);
    let side = |key| number(entries, key).and_then(|side| u32::try_from(side).ok());
    Some(Photo {
        id: id(1)?,
        blob: id(2)?,
        thumbnail: id(3)?,
        width: side(4)?,
        height: side(5)?,
        caption: entries
            .get(&6)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned(),
        taken: day(entries, 7),
    })
}

fn int(number: u64) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn number(entries: &Entries, key: u64) -> Option<u64> {
    u64::try_from(entries.get(&key)?.as_int()?).ok()
}

fn day(entries: &Entries, key: u64) -> Option<Day> {
    i32::try_from(entries.get(&key)?.as_int()?).ok().map(Day)
}
