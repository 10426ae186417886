//! Every way to say no.

use hearth_protocol::exchange::NOT_HERE;
use hearth_protocol::form::Object as _;
use hearth_protocol::request::ServerTime;

use super::NoRandom;
use crate::db::DatabaseError;

/// Why a request is not done.
#[derive(Debug)]
pub(crate) enum No {
    /// Unknown, forbidden, revoked or missing: which one, nobody is told.
    NotHere,
    /// Rightly signed, by a clock that differs too much.
    WrongClock(ServerTime),
    /// Rightly signed, or by nobody who signs, and not a message; in words.
    BadForm(&'static str),
    /// There is no room; in words.
    Full(&'static str),
    /// The server cannot answer now.
    Broken,
}

impl No {
    /// Status and body.
    pub(crate) fn answer(self) -> (u16, Vec<u8>) {
        match self {
            Self::NotHere => (404, NOT_HERE.to_vec()),
            Self::WrongClock(time) => (401, time.encode()),
            Self::BadForm(words) => (400, words.into()),
            Self::Full(words) => (507, words.into()),
            Self::Broken => (503, b"the server cannot answer now".to_vec()),
        }
    }
}

impl From<DatabaseError> for No {
    fn from(error: DatabaseError) -> Self {
        tracing::error!(%error, "a request could not be answered");
        Self::Broken
    }
}

impl From<NoRandom> for No {
    fn from(error: NoRandom) -> Self {
        tracing::error!(%error, "a request could not be answered");
        Self::Broken
    }
}
