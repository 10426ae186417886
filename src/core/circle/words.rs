//! Recovery words as a person meets them: whether there are any, and how coming back with them
//! goes.

use hearth_protocol::Millis;
use serde::{Deserialize, Serialize};

/// The change kind of the note that says when words were made. Field 16 ([`super::card::OF`]) is
/// the recovery key's id, 16 bytes; the change's own time says when.
pub const KIND: u64 = 9;

/// Words that were just made, shown once. They are in no store.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWords {
    /// All twelve, in order.
    pub words: Vec<String>,
    /// Which of them are asked for, from 1, ascending.
    pub asked: [u8; 3],
}

impl core::fmt::Debug for NewWords {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("NewWords(..)")
    }
}

/// Words that somebody typed. They are in no `Debug` output.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedWords(pub String);

impl core::fmt::Debug for TypedWords {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("TypedWords(..)")
    }
}

/// How it stands with the words of this phone's person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsView {
    /// How it stands.
    pub standing: WordsStanding,
    /// Another phone made them, and nobody said on this one to have seen it: say so until
    /// `SeenWords`.
    pub is_news: bool,
}

/// Whether there are words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WordsStanding {
    /// None, and nobody said that it shall stay so.
    #[default]
    None,
    /// None, and the person of this phone wants none.
    Declined,
    /// They were written down, and the server does not have their key yet: until it has they open
    /// nothing.
    Waiting {
        /// The ones before still open everything until then.
        is_older_good: bool,
    },
    /// The circle does not take their key: this phone was taken out, or there are too many keys.
    Refused,
    /// They open everything.
    Set {
        /// When they were made, in milliseconds since 1970, by the clock of that phone.
        made: Option<Millis>,
        /// What the phone that made them is called; empty where nobody said.
        on: String,
        /// It was this one.
        is_here: bool,
    },
}

/// How it stands with coming back by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryView {
    /// How it stands.
    pub stage: RecoveryStage,
    /// The server was not reached at the last try; it is tried again.
    pub is_offline: bool,
    /// Whether it can be stopped. Not while the circle may have this phone already: it would stay
    /// there as a device that nobody has. The next answer of the server says.
    pub can_stop: bool,
}

/// How it stands on the phone that comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryStage {
    /// The server is being asked where the words lead.
    #[default]
    Asking,
    /// Nowhere, on this server: they were replaced, are somebody's of another server, or the
    /// server lost them. It is asked again with every look for news.
    NotFound,
    /// What the server offered was not sealed with these words: it is not believed.
    Unsound,
    /// To the circle that this phone is in.
    Here,
    /// Others came into this phone's own circle meanwhile: it stays there.
    SharedAlready,
    /// They opened: the chain is checked, this phone gets its keys, and then everything comes.
    Arriving,
}

/// What is wrong with words that were typed. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WordsFault {
    /// So many instead of twelve.
    #[error("{0} words instead of twelve")]
    HowMany(usize),
    /// Not in the list.
    #[error("word {place} is not in the list")]
    NotInList {
        /// Which of them, from 1.
        place: usize,
        /// What was typed.
        word: String,
    },
    /// All are in the list and do not fit together: some are swapped, or one is another.
    #[error("these words do not fit together")]
    DoNotFit,
    /// Of the words just made, this one is another.
    #[error("word {place} is another")]
    Other {
        /// Which of them, from 1.
        place: usize,
    },
    /// Coming back cannot be stopped, nor a backup take its place: the circle may have this phone
    /// already. The next answer of the server says.
    #[error("the circle may have this phone already")]
    ComingIn,
    /// No words wait to be confirmed: this process made none. Make new ones.
    #[error("no words wait to be confirmed")]
    NotMade,
}
