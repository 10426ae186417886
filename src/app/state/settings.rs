//! Language, colours and text size: small, not secret, and read by `boot.js` before the first
//! paint, so they lie in the browser's local storage, under the name of the vault in use.

use super::State;
use crate::browser::{hearth, http, page};
use crate::i18n::{self, Key, Language, t};
use hearth_storage::settings::{self, Settings};
use leptos::prelude::*;

/// Those of the vault that this phone used last.
pub(super) fn read() -> Settings {
    settings::vault().map(Settings::read).unwrap_or_default()
}

impl State {
    /// Changes colours or text size at once.
    pub(crate) fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        let settings = self.settings.get_untracked();
        let is_kept = settings::vault().is_some_and(|vault| settings.keep(vault).is_ok());
        if !is_kept {
            self.say(t(Key::SettingsNotWritten));
        }
        if let Ok(settings) = settings.to_js() {
            hearth::apply(&settings);
        }
    }

    /// Changes the language: its words first, so that the screen never stands without any.
    pub(crate) fn change_language(self, language: Language) {
        leptos::task::spawn_local(async move {
            let Some(words) = http::load_words(language.code()).await else {
                return self.say(t(Key::SettingsNoWords));
            };
            if !i18n::take_words(language, &words) {
                return self.say(t(Key::SettingsNoWords));
            }
            hearth::fill(&words);
            self.change_settings(|settings| settings.language = Some(language.code().to_owned()));
            let focused = page::focused();
            self.language_changes.update(|count| *count += 1);
            request_animation_frame(move || {
                if let Some(element) = focused.and_then(|id| page::element(&id)) {
                    let _: Result<(), _> = element.focus();
                }
            });
        });
    }
}
