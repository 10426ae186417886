//! What became of the store, said where everybody looks: cleared by the browser, or damaged.

use super::page::ways_back;
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::State;
use crate::ui::{
    Rank, Weight, button, button_link, button_row, line, live_by, live_while, nothing, notice,
    plain, text, together,
};
use leptos::prelude::*;

/// That the browser cleared what was here, with the ways back, until somebody says to have read it.
pub(super) fn cleared(state: State) -> AnyView {
    live_while(
        move || state.is_cleared.get(),
        move || {
            let known = button(Rank::Plain, "check", Key::HomeRead, move || {
                state.forget_cleared();
            });
            let inside = together([text(Key::HomeCleared), ways_back(), button_row([known])]);
            notice(Weight::Error, inside)
        },
    )
}

/// That parts do not open, with the ways to save the rest, as long as it is so.
pub(super) fn damaged(state: State) -> AnyView {
    let count = move || state.health.get().damaged;
    live_by(
        move || vec![u8::from(count() > 0)],
        move || match count() {
            0 => nothing(),
            count => {
                let said = t_with(Key::SettingsDamaged, &[("count", &count.to_string())]);
                let inside = together([line(said), ways_out()]);
                notice(Weight::Warning, inside)
            }
        },
    )
}

fn ways_out() -> AnyView {
    let backup = Route::Backup.address();
    let rescue = plain("a", "button")
        .set("href", "/rescue")
        .set("rel", "external");
    button_row([
        button_link(Rank::Plain, "download-simple", Key::PeopleBackup, backup),
        rescue.words(t(Key::ShellRescue)).view(),
    ])
}
