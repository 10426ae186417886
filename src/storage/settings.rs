//! Small settings in `localStorage`, for the page: workers have none.
//!
//! Nothing secret and nothing that cannot be chosen again. A blocked or full `localStorage` is
//! answered by the defaults and by [`NotKept`], never by a panic.

use gloo_storage::{LocalStorage, Storage};
use hearth_core::EntityId;
use serde::{Deserialize, Serialize};

const VAULT: &str = "hearth.vault";
const SETTINGS: &str = "hearth.settings.";
const TEXT: std::ops::RangeInclusive<u16> = 100..=200;

/// The browser did not take it; it holds until the app is closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser did not keep the setting: {0}")]
pub struct NotKept(String);

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the phone has it; also what an unknown name of a later build means.
    #[default]
    #[serde(other)]
    System,
}

/// What a person chose for one vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A language's code; without one the phone's own languages count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The colours.
    pub theme: Theme,
    /// The size of text in percent, 100 to 200.
    pub text: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::default(),
            text: *TEXT.start(),
        }
    }
}

impl Settings {
    /// Those of a vault; the defaults where there are none, or none that can be understood.
    #[must_use]
    pub fn read(vault: EntityId) -> Self {
        if !is_there() {
            return Self::default();
        }
        let mut settings: Self = LocalStorage::get(place(vault)).unwrap_or_default();
        settings.text = settings.text.clamp(*TEXT.start(), *TEXT.end());
        settings
    }

    /// Keeps them for the next start.
    ///
    /// # Errors
    /// [`NotKept`]
    pub fn keep(&self, vault: EntityId) -> Result<(), NotKept> {
        check()?;
        LocalStorage::set(place(vault), self).map_err(|error| NotKept(error.to_string()))
    }
}

/// The vault that this phone used last.
#[must_use]
pub fn vault() -> Option<EntityId> {
    if !is_there() {
        return None;
    }
    LocalStorage::raw().get_item(VAULT).ok()??.parse().ok()
}

/// Remembers the vault in use: the bare id, so that a reader without our code finds it.
///
/// # Errors
/// [`NotKept`]; the next start finds the vault by its database.
pub fn set_vault(vault: EntityId) -> Result<(), NotKept> {
    check()?;
    LocalStorage::raw()
        .set_item(VAULT, &vault.to_string())
        .map_err(|thrown| NotKept(crate::browser::words_of(&thrown)))
}

fn place(vault: EntityId) -> String {
    format!("{SETTINGS}{vault}")
}

fn check() -> Result<(), NotKept> {
    match is_there() {
        true => Ok(()),
        false => Err(NotKept("there is no local storage here".into())),
    }
}

/// gloo-storage panics where cookies are blocked, and in a worker.
fn is_there() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
