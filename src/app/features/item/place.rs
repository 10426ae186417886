//! Where a record is, what that means, what to do about it, and who can see it.

use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Rank, button_link, icon, line, live, status_line, status_pill, text, who_sees};
use hearth_core::circle::Whereabouts;
use hearth_core::record::RecordKind;
use leptos::prelude::*;

/// All of it. Paper shows none: it is somewhere else by the time it is read.
pub(super) fn place((whereabouts, kind): (Whereabouts, RecordKind)) -> AnyView {
    let to_do = (whereabouts == Whereabouts::SentOnlyHere).then(|| {
        view! {
            <div class="button-row">
                {button_link(Rank::Plain, "qr-code", Key::PeopleInvite, Route::Invite.address())}
                {button_link(Rank::Plain, "download-simple", Key::PeopleBackup, Route::Backup.address())}
            </div>
        }
    });
    view! {
        <div class="place no-print" role="status">
            <p>{status_pill(whereabouts, kind)}</p>
            <p class="field__hint">{status_line(whereabouts, kind)}</p>
        </div>
        {to_do}
        {who_can_see(whereabouts, kind)}
    }
    .into_any()
}

/// Who can see it; of feedback first that no school or club has it.
pub(crate) fn who_can_see(whereabouts: Whereabouts, kind: RecordKind) -> AnyView {
    let circle = State::get().circle;
    let only = (kind == RecordKind::Feedback).then(|| text(Key::FeedbackOnly));
    let who = move || {
        let who = circle.with(|circle| who_sees(circle.as_ref(), whereabouts));
        // With feedback it is said already that nobody else has it.
        let is_said = kind == RecordKind::Feedback && who == t(Key::StatusPhoneLine);
        (!is_said).then(|| line(who))
    };
    view! { <div class="who-sees">{icon("eye")} <div>{only} {live(who)}</div></div> }.into_any()
}
