//! Asking the server now.

use crate::i18n::{Key, t};
use crate::link;
use crate::state::State;
use crate::ui::failure_words;
use hearth_core::messages::Request;

/// Asks for news, and says that it does.
pub(super) fn look_for_news(state: State) {
    leptos::task::spawn_local(async move {
        match link::ask(Request::LookForNews).await {
            Ok(_) => state.say(t(Key::SyncLooking)),
            Err(failure) => state.say(failure_words(&failure)),
        }
    });
}
