//! Hearth on the home screen: offered once something is saved, on a phone that has it only in the
//! browser, below what matters more. Whoever says no is not asked again.

use super::words::is_asked;
use crate::browser::kind::{Browser, browser, is_apple_phone, is_phone};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Rank, button, button_link, button_row, hint, live_while, nothing, together};
use hearth_storage::settings;
use leptos::prelude::*;

/// Where Settings tells the way.
const THERE: &str = "/settings#install";

/// The line.
pub(crate) fn install(state: State) -> AnyView {
    let may_be = is_phone() && browser() != Browser::Installed && settings::offers_install();
    let is_open = RwSignal::new(may_be);
    live_while(
        move || is_open.get() && state.newest.total.get() > 0 && !is_asked(state),
        move || {
            let why = if is_apple_phone() {
                hint(t(Key::HomeInstall))
            } else {
                nothing()
            };
            let way = button_link(Rank::Quiet, "", Key::SettingsInstall, THERE);
            let no = button(Rank::Quiet, "", Key::HomeWordsNot, move || {
                settings::offer_install_no_more();
                is_open.set(false);
            });
            together([why, button_row([way, no])])
        },
    )
}
