//! Language, colours and text size: small, not secret, and read by `boot.js` before the first
//! paint, so they lie in the browser's local storage and not in the vault.

use super::State;
use crate::browser::{hearth, http, page};
use crate::i18n::{self, Key, Language, t};
use gloo_storage::{LocalStorage, Storage};
use js_sys::JSON;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const PLACE: &str = "hearth.settings";
const SMALLEST_TEXT: u16 = 100;

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    Light,
    Dark,
    #[default]
    #[serde(other)]
    System,
}

/// What the person chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// A language's code; without one the browser's wish counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    pub(crate) theme: Theme,
    /// In percent.
    pub(crate) text: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            text: SMALLEST_TEXT,
        }
    }
}

impl Settings {
    pub(super) fn read() -> Self {
        LocalStorage::get(PLACE).unwrap_or_default()
    }
}

impl State {
    /// Changes colours or text size at once.
    pub(crate) fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        let settings = self.settings.get_untracked();
        if LocalStorage::set(PLACE, &settings).is_err() {
            self.say(t(Key::SettingsNotWritten));
        }
        // Made by us a moment ago: it parses.
        if let Ok(text) = serde_json::to_string(&settings)
            && let Ok(parsed) = JSON::parse(&text)
        {
            hearth::apply(&parsed);
        }
    }

    /// Changes the language: its words first, so that the screen never stands without any.
    pub(crate) fn change_language(self, language: Language) {
        leptos::task::spawn_local(async move {
            let Some(words) = http::load_words(language.code()).await else {
                return self.say(t(Key::SettingsNoWords));
            };
            i18n::take_words(language, &words);
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
