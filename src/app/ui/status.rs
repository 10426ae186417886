//! Where a record is, in the same few words everywhere.

use super::{icon, plain};
use crate::i18n::{Key, t};
use hearth_core::circle::Whereabouts;
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// How a place is shown.
struct Look {
    class: &'static str,
    icon: &'static str,
    word: Key,
    line: Key,
}

/// The pill.
pub(crate) fn status_pill(whereabouts: Whereabouts, kind: RecordKind) -> AnyView {
    let Look {
        class,
        icon: name,
        word,
        ..
    } = look_of(whereabouts, kind);
    plain("span", class).with(icon(name)).words(t(word)).view()
}

/// What it means, in a sentence.
pub(crate) fn status_line(whereabouts: Whereabouts, kind: RecordKind) -> &'static str {
    t(look_of(whereabouts, kind).line)
}

/// Feedback is for a school or club, and none receives it: nothing beside it may say "sent".
fn look_of(whereabouts: Whereabouts, kind: RecordKind) -> Look {
    let is_feedback = kind == RecordKind::Feedback;
    let (class, icon, word, line) = match whereabouts {
        Whereabouts::OnThisPhone => (
            "status status--phone",
            "device-mobile",
            Key::StatusPhone,
            Key::WherePhoneLine,
        ),
        Whereabouts::Waiting if is_feedback => (
            "status status--waiting",
            "clock",
            Key::WhereWaitingFeedback,
            Key::WhereWaitingLine,
        ),
        Whereabouts::Waiting => (
            "status status--waiting",
            "clock",
            Key::WhereWaiting,
            Key::WhereWaitingLine,
        ),
        Whereabouts::Arriving => (
            "status status--waiting",
            "clock",
            Key::WhereArriving,
            Key::WhereArrivingLine,
        ),
        Whereabouts::SentOnlyHere if is_feedback => (
            "status status--sealed",
            "lock-simple",
            Key::WhereSealedFeedback,
            Key::WhereSealedLine,
        ),
        Whereabouts::SentOnlyHere => (
            "status status--sealed",
            "lock-simple",
            Key::WhereSealed,
            Key::WhereSealedLine,
        ),
        Whereabouts::Safe => (
            "status status--safe",
            "shield-check",
            Key::WhereSafe,
            Key::WhereSafeLine,
        ),
    };
    Look {
        class,
        icon,
        word,
        line,
    }
}
