//! The page.

use super::state::Leaving;
use crate::browser::page::{close_dialog, show_dialog};
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Opening, Rank, Weight, button, button_link, button_row, heading, hint, lead, line, live,
    look_of, nothing, notice, plain, question, text, together, trouble,
};
use hearth_core::record::RecordKind;
use hearth_core::vault::OnlyHere;
use leptos::prelude::*;

const QUESTION: &str = "leave";

/// What goes, what only this phone has with the ways out of it, and the button.
pub(crate) fn page() -> AnyView {
    let leaving = Leaving::new();
    leaving.follow(State::get());
    let all = live(move || match leaving.here.get() {
        _ if leaving.is_going.get() => text(Key::LeaveGoing),
        None => view! { <Opening/> }.into_any(),
        Some(here) if !here.has_something => text(Key::LeaveNothing),
        Some(here) => ask(leaving, &here),
    });
    together([heading(Key::LeaveTitle), trouble(leaving.trouble), all])
}

fn ask(leaving: Leaving, here: &OnlyHere) -> AnyView {
    let count = here.count.to_string();
    let counted = t_with(Key::LeaveOnly, &[("count", &count)]);
    let (warning, meaning, word) = match here.count {
        0 => {
            let safe = t(Key::LeaveSafe);
            (line(safe.to_owned()), safe.to_owned(), Key::LeaveTitle)
        }
        _ => (
            only_here(leaving, here, counted.clone()),
            [&counted, " ", t(Key::BinAskLine)].concat(),
            Key::LeaveToo,
        ),
    };
    let buttons = button_row([
        button(Rank::Plain, "", Key::AppCancel, || close_dialog(QUESTION)),
        button(Rank::Danger, "", word, move || {
            close_dialog(QUESTION);
            leaving.remove();
        }),
    ]);
    let remove = button(Rank::Danger, "trash", Key::LeaveTitle, || {
        show_dialog(QUESTION);
    });
    together([
        lead(Key::LeaveLead),
        hint(t(Key::LeavePeople)),
        warning,
        button_row([remove]),
        question(QUESTION, t(Key::LeaveAsk).to_owned(), meaning, buttons),
    ])
}

fn only_here(leaving: Leaving, here: &OnlyHere, counted: String) -> AnyView {
    let named = here.named.iter().map(|(kind, words)| item(*kind, words));
    let list = plain("ul", "facts-list").with_all(named.collect::<Vec<_>>());
    let more = match here.count - here.named.len() {
        0 => nothing(),
        more => line(t_with(Key::LeaveMore, &[("count", &more.to_string())])),
    };
    let backup = |word| button_link(Rank::Plain, "", word, Route::Backup.address());
    let ways = button_row([
        backup(Key::BackupTitle),
        backup(Key::BackupCopyTitle),
        button(Rank::Plain, "", Key::SyncLook, move || leaving.look()),
    ]);
    notice(
        Weight::Warning,
        together([line(counted), list.view(), more, ways]),
    )
}

/// What it is, and its first words.
fn item(kind: Option<RecordKind>, words: &str) -> AnyView {
    let kind = kind.map_or("", |kind| t(look_of(kind).name));
    let between = match kind.is_empty() || words.is_empty() {
        true => "",
        false => ": ",
    };
    let words = plain("bdi", "").words(words);
    plain("li", "")
        .words([kind, between].concat())
        .with(words.view())
        .view()
}
