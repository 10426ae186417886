//! Each failure in plain words: what happened, what is safe, what to do.

use crate::i18n::{Key, t};
use hearth_core::circle::words::WordsFault;
use hearth_core::messages::Failure;

/// A failure in words.
pub(crate) fn failure_words(failure: &Failure) -> &'static str {
    t(failure_key(failure))
}

/// The key of those words.
pub(crate) fn failure_key(failure: &Failure) -> Key {
    match failure {
        Failure::Full => Key::FailureFull,
        Failure::Lost(_) => Key::FailureLost,
        Failure::Refused(_) => Key::FailureRefused,
        Failure::Gone => Key::HomeCleared,
        Failure::LaterStore => Key::FailureLaterStore,
        Failure::NotReadBack => Key::FailureNotReadBack,
        Failure::NotFound => Key::FailureNotFound,
        Failure::Empty => Key::FormEmpty,
        Failure::TooLong => Key::FailureTooLong,
        Failure::UnreadablePhoto(_) => Key::PhotoUnreadable,
        Failure::Video => Key::PhotoVideo,
        Failure::Damaged => Key::FailureDamaged,
        Failure::Locked(_) => Key::FailureLocked,
        Failure::SharedAlready => Key::FailureShared,
        Failure::JoiningElsewhere => Key::FailureJoiningElsewhere,
        Failure::LettingIn => Key::FailureLettingIn,
        Failure::NotALink => Key::FailureNotALink,
        Failure::LaterLink => Key::FailureLaterLink,
        Failure::NotYours => Key::FailureNotYours,
        Failure::NoCircle => Key::FailureNoCircle,
        Failure::NotAllowed => Key::FailureNotAllowed,
        Failure::ThisPhone => Key::FailureThisPhone,
        Failure::WeakPassphrase => Key::BackupWeak,
        Failure::WrongPassphrase => Key::FailureWrongPassphrase,
        Failure::NotABackup => Key::FailureNotABackup,
        Failure::LaterBackup => Key::FailureLaterBackup,
        Failure::InUse => Key::LeaveInUse,
        Failure::NotOpen => Key::FailureNotOpen,
        Failure::Words(WordsFault::ComingIn) => Key::ReturnArrivingLine,
        Failure::Words(_) | Failure::Malformed(_) => Key::FailureOther,
    }
}
