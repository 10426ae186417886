//! What the three kinds of record have in common: whose it is, when it happened, its words and
//! choices, its photos.

use crate::circle::{Whereabouts, note::Note};
use crate::{Day, achievement, feedback, handout, photo::Photo, story};
use hearth_protocol::SortedMap;
use hearth_protocol::{EntityId, Millis, PersonId};
use serde::{Deserialize, Serialize};

/// Field 1: the child it is about.
pub const CHILD: u64 = 1;
/// Field 2: the day it happened.
pub const DAY: u64 = 2;
/// Field 3: when it was put in the bin.
pub const DELETED: u64 = 3;
/// Field 4: the words.
pub const WORDS: u64 = 4;

/// The kinds of record a person can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordKind {
    /// Something that was lived through.
    Story,
    /// A compliment, suggestion or complaint.
    Feedback,
    /// Something the child did.
    Achievement,
    /// A page of such things, to hand over.
    Handout,
}

/// One question of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its number in a change.
    pub field: u64,
    /// Its words' key: `<name>` is the label, `<name>.<code>` a choice.
    pub name: &'static str,
    /// How it is answered.
    pub input: Input,
}

/// How a question is answered. Codes are kept as they are, also those of a newer build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Many words.
    Words,
    /// A few words.
    Line,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// One of these codes, each with a face.
    Faces(&'static [&'static str]),
    /// Chosen from what was told: a [`Sheet`](crate::handout::Sheet).
    Sheet,
}

impl RecordKind {
    /// Every kind, in the order of the screens.
    pub const ALL: [Self; 4] = [
        Self::Story,
        Self::Feedback,
        Self::Achievement,
        Self::Handout,
    ];

    /// Its number in a change.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Story => 2,
            Self::Feedback => 3,
            Self::Achievement => 4,
            Self::Handout => 10,
        }
    }

    /// The kind with that number; a newer build may know more.
    #[must_use]
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Its name in addresses and word keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Feedback => "feedback",
            Self::Achievement => "achievement",
            Self::Handout => "handout",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it asks, in the order of the screen.
    #[must_use]
    pub fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Story => story::FIELDS,
            Self::Feedback => feedback::FIELDS,
            Self::Achievement => achievement::FIELDS,
            Self::Handout => handout::FIELDS,
        }
    }
}

/// One record as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which.
    pub id: EntityId,
    /// Story, feedback or achievement.
    pub kind: RecordKind,
    /// The child it is about, where one was chosen.
    pub child: Option<EntityId>,
    /// When it happened, where that was said.
    pub day: Option<Day>,
    /// When it was first saved, in milliseconds since 1970.
    pub written: Millis,
    /// When it was last changed, in milliseconds since 1970.
    pub changed: Millis,
    /// When it was put in the bin, if it lies there.
    pub deleted: Option<Millis>,
    /// Words and codes by field number, those of a newer build among them.
    pub fields: SortedMap<u64, String>,
    /// Oldest first.
    pub photos: Vec<Photo>,
    /// Whether this phone's person told it: nobody else changes its words.
    pub is_mine: bool,
    /// Who told it, where somebody else did; empty where nobody said their name.
    pub by: String,
    /// What others added, oldest first.
    pub notes: Vec<Note>,
    /// Fields that were changed on two phones at once.
    pub conflicts: Vec<Conflict>,
    /// Every version of each field that has more than one: each save of a field is one, and none
    /// goes but with the record. Field by field the shown one first, then newest first, those of
    /// both sides of a conflict among them. Only where the record alone is read.
    pub rewritten: Vec<Note>,
    /// Where it is.
    pub whereabouts: Whereabouts,
    /// Who reads it, or will once it is sent: those of the circle who have its keys, this person
    /// among them. Empty before there is a circle.
    pub readers: Vec<PersonId>,
}

/// A field whose versions stand beside one another, because nobody had seen the other's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which field.
    pub field: u64,
    /// Its versions in words, the shown one first.
    pub versions: Vec<String>,
}

/// One record as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Which.
    pub id: EntityId,
    /// Story, feedback or achievement.
    pub kind: RecordKind,
    /// The child it is about, where one was chosen.
    pub child: Option<EntityId>,
    /// The day it is listed under: when it happened or else when it was written.
    pub day: Day,
    /// The beginning of its words; may be empty.
    pub words: String,
    /// How it felt, or which sort of feedback: the code, for a badge.
    pub code: Option<(u64, String)>,
    /// The first photo's thumbnail blob.
    pub thumbnail: Option<EntityId>,
    /// How many photos it has.
    pub photos: usize,
    /// When it was put in the bin, if it lies there.
    pub deleted: Option<Millis>,
    /// Who told it, where somebody else did.
    pub by: Option<String>,
    /// Whether two versions of something in it wait to be settled.
    pub has_conflict: bool,
    /// Where it is.
    pub whereabouts: Whereabouts,
}

/// The most characters of a record's words in a list.
pub const SUMMARY_CHARS: usize = 160;

impl Record {
    /// The short form, listed under `written_day` where no day was said.
    #[must_use]
    pub fn summarize(&self, written_day: Day) -> Summary {
        let told = self.fields.get(&WORDS).or_else(|| {
            let words = |spec: &&FieldSpec| matches!(spec.input, Input::Words | Input::Line);
            self.kind
                .fields()
                .iter()
                .filter(words)
                .find_map(|spec| self.fields.get(&spec.field))
        });
        let code = self.kind.fields().iter().find_map(|spec| match spec.input {
            Input::Faces(_) | Input::Choice(_) => self
                .fields
                .get(&spec.field)
                .map(|code| (spec.field, code.clone())),
            _ => None,
        });
        Summary {
            id: self.id,
            kind: self.kind,
            child: self.child,
            day: self.day.unwrap_or(written_day),
            words: told
                .map(|words| words.chars().take(SUMMARY_CHARS).collect())
                .unwrap_or_default(),
            code,
            thumbnail: self.photos.first().map(|photo| photo.thumbnail),
            photos: self.photos.len(),
            deleted: self.deleted,
            by: (!self.is_mine).then(|| self.by.clone()),
            has_conflict: !self.conflicts.is_empty(),
            whereabouts: self.whereabouts,
        }
    }
}

#[cfg(test)]
mod tests;
