//! What can go wrong, by what can be done about it.

use crate::browser::words_of;
use hearth_core::ports::StoreError;
use wasm_bindgen::JsValue;
use web_sys::DomException;

/// Why a transaction did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No room on the phone.
    Full,
    /// The connection is of no use any more; a new one may be.
    Lost(String),
    /// Another tab holds an older version open and does not let go.
    Blocked,
    /// A newer version of the app wrote this database.
    Later,
    /// What was open is not there any more: the browser cleared it.
    Gone,
    /// `add` found a row under that key.
    Exists,
    /// This browser cannot keep such a value.
    NotStorable(String),
    /// Anything else.
    Refused(String),
}

/// Safari's database process dies under memory pressure and while the phone sleeps, Chromium's
/// on a damaged or busy disk: then these are thrown, and a new connection mostly works.
const LOST: [&str; 7] = [
    "Connection to Indexed Database server lost",
    "without an in-progress transaction",
    "connection is clos",
    "InvalidStateError",
    // A transaction that nobody aborted: its connection was closed by force.
    "AbortError",
    "Internal error",
    "UnknownError",
];

/// Sorts an error by its text: `idb` passes it on as text in some fifty variants.
fn classify(text: String) -> Problem {
    let has = |part: &str| text.contains(part);
    // A full disk can come as an UnknownError, so it is looked for first.
    if has("QuotaExceeded") || has("not enough space") {
        Problem::Full
    } else if has("VersionError") {
        Problem::Later
    } else if has("ConstraintError") {
        Problem::Exists
    } else if has("DataCloneError") {
        Problem::NotStorable(text)
    } else if LOST.into_iter().any(has) {
        Problem::Lost(text)
    } else {
        Problem::Refused(text)
    }
}

impl Problem {
    /// What an `error` event's request says.
    pub(super) fn of_event(error: Result<Option<DomException>, idb::Error>) -> Self {
        match error {
            Ok(Some(exception)) => JsValue::from(exception).into(),
            Ok(None) => Self::Refused("an error without a name".into()),
            Err(error) => error.into(),
        }
    }
}

impl From<idb::Error> for Problem {
    fn from(error: idb::Error) -> Self {
        classify(error.to_string())
    }
}

impl From<JsValue> for Problem {
    fn from(thrown: JsValue) -> Self {
        classify(words_of(&thrown))
    }
}

impl From<Problem> for StoreError {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Full => Self::Full,
            Problem::Lost(why) => Self::Lost(why),
            Problem::Blocked => Self::Lost("another tab holds an older version open".into()),
            Problem::Later => Self::Later,
            Problem::Gone => Self::Gone,
            Problem::Exists => Self::Refused("there is a row under that key".into()),
            Problem::NotStorable(why) | Problem::Refused(why) => Self::Refused(why),
        }
    }
}

#[cfg(test)]
mod tests;
