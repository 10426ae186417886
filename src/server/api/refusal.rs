//! Every way to say no.

use hearth_protocol::exchange::{NOT_HERE, Status};
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
        let (status, body) = match self {
            Self::NotHere => (Status::NotHere, NOT_HERE.to_vec()),
            Self::WrongClock(time) => (Status::WrongClock, time.encode()),
            Self::BadForm(words) => (Status::BadForm, words.into()),
            Self::Full(words) => (Status::Full, words.into()),
            Self::Broken => (Status::Broken, b"the server cannot answer now".to_vec()),
        };
        (status.code(), body)
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
