//! Where a record is, what that means, what to do about it, and who can see it.

use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, button_link, button_row, hint, line, live, nothing, plain, status_line, status_pill,
    text, together, who_panel, who_sees,
};
use hearth_core::circle::Whereabouts;
use hearth_core::record::{Record, RecordKind};
use leptos::prelude::*;

/// All of it. Paper shows none: it is somewhere else by the time it is read.
pub(super) fn place(record: &Record) -> AnyView {
    let (whereabouts, kind) = (record.whereabouts, record.kind);
    let (invite, backup) = (Route::Invite.address(), Route::Backup.address());
    let to_do = match whereabouts {
        Whereabouts::SentOnlyHere => button_row([
            button_link(Rank::Plain, "qr-code", Key::PeopleInvite, invite),
            button_link(Rank::Plain, "download-simple", Key::PeopleBackup, backup),
        ]),
        _ => nothing(),
    };
    let pill = status_pill(whereabouts, kind);
    let place = plain("div", "place no-print")
        .set("role", "status")
        .with(plain("p", "").with(pill).view())
        .with(hint(status_line(whereabouts, kind)));
    together([place.view(), to_do, who_can_see(record)])
}

/// Who can see it; of feedback first that no school or club has it.
pub(crate) fn who_can_see(record: &Record) -> AnyView {
    let (whereabouts, readers) = (record.whereabouts, record.readers.clone());
    let circle = State::get().circle;
    let is_feedback = record.kind == RecordKind::Feedback;
    let who = live(move || {
        let who = circle.with(|circle| who_sees(circle.as_ref(), whereabouts, &readers));
        // With feedback it is said already that nobody else has it.
        let is_said = is_feedback && who == t(Key::StatusPhoneLine);
        (!is_said).then(|| line(who))
    });
    let only = if is_feedback {
        text(Key::FeedbackOnly)
    } else {
        nothing()
    };
    who_panel("eye", together([only, who]))
}
