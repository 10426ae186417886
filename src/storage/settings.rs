//! Small settings in `localStorage`, for the page: workers have none.
//!
//! Nothing secret and nothing that cannot be chosen again. A blocked or full `localStorage` is
//! answered by the defaults and by [`NotKept`], never by a panic.
//!
//! The browser reads and writes their JSON: a reader of our own was 5 KB of the first load.

use crate::browser::{property, words_of};
use gloo_storage::{LocalStorage, Storage};
use hearth_core::EntityId;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::JsValue;

const VAULT: &str = "hearth.vault";
const SETTINGS: &str = "hearth.settings.";
const WITNESS: &str = "hearth.kept";
/// When the server answered last, in milliseconds since 1970.
const ANSWERED: &str = "hearth.answered";
const KEPT: &str = "yes";
const CLEARED: &str = "cleared";
const INSTALL: &str = "hearth.install";
const NO: &str = "no";
const TEXT: std::ops::RangeInclusive<u16> = 100..=200;

/// The browser did not take it; it holds until the app is closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser did not keep the setting: {0}")]
pub struct NotKept(String);

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the phone has it; also what an unknown name of a later build means.
    #[default]
    System,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// What a person chose for one vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// A language's code; without one the phone's own languages count.
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
        let kept = LocalStorage::raw().get_item(&place(vault)).ok().flatten();
        let kept = kept.and_then(|kept| JSON::parse(&kept).ok());
        let mut settings = kept.and_then(|kept| Self::of_js(&kept)).unwrap_or_default();
        settings.text = settings.text.clamp(*TEXT.start(), *TEXT.end());
        settings
    }

    /// What is left out is the default; one that means nothing here spoils them all.
    fn of_js(kept: &JsValue) -> Option<Self> {
        let named = |name| Some(property(kept, name)).filter(|value| !value.is_undefined());
        let standard = Self::default();
        Some(Self {
            language: named("language").map_or(Some(None), |code| code.as_string().map(Some))?,
            theme: named("theme").map_or(Some(standard.theme), |name| {
                name.as_string().map(|name| Theme::named(&name))
            })?,
            text: named("text").map_or(Some(standard.text), |text| percent(text.as_f64()?))?,
        })
    }

    /// As a plain object with the names they are kept under.
    ///
    /// # Errors
    /// The browser's: it makes no object.
    pub fn to_js(&self) -> Result<JsValue, JsValue> {
        let object = Object::new();
        if let Some(language) = &self.language {
            Reflect::set(&object, &"language".into(), &language.into())?;
        }
        Reflect::set(&object, &"theme".into(), &self.theme.name().into())?;
        Reflect::set(&object, &"text".into(), &self.text.into())?;
        Ok(object.into())
    }

    /// Keeps them for the next start.
    ///
    /// # Errors
    /// [`NotKept`]
    pub fn keep(&self, vault: EntityId) -> Result<(), NotKept> {
        check()?;
        let kept = self.to_js().and_then(|object| JSON::stringify(&object));
        kept.and_then(|text| LocalStorage::raw().set_item(&place(vault), &String::from(text)))
            .map_err(|thrown| NotKept(words_of(&thrown)))
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
        .map_err(|thrown| NotKept(words_of(&thrown)))
}

/// Forgets what was chosen for a vault, and that it was in use.
pub fn forget(vault: EntityId) {
    if is_there() {
        // What stays behind are a language and colours.
        for item in [&place(vault), VAULT, WITNESS, ANSWERED, INSTALL] {
            let _: Result<(), JsValue> = LocalStorage::raw().remove_item(item);
        }
    }
}

/// What is known beside the store of what was in it: browsers may clear the one without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Nothing was saved, as far as is known.
    Nothing,
    /// Something was saved.
    Kept,
    /// Something was saved, and the browser cleared it. So until somebody has read that.
    Cleared,
}

/// What was noted last.
#[must_use]
pub fn witness() -> Witness {
    let noted = is_there().then(|| LocalStorage::raw().get_item(WITNESS));
    match noted.and_then(Result::ok).flatten().as_deref() {
        Some(KEPT) => Witness::Kept,
        Some(CLEARED) => Witness::Cleared,
        _ => Witness::Nothing,
    }
}

/// Notes it for the next starts. A browser that keeps no notes has no witness: then an empty
/// store looks like a new one.
pub fn note(witness: Witness) {
    let word = match witness {
        Witness::Nothing => "",
        Witness::Kept => KEPT,
        Witness::Cleared => CLEARED,
    };
    if is_there() {
        let _: Result<(), JsValue> = LocalStorage::raw().set_item(WITNESS, word);
    }
}

/// When the server answered last, by this phone's clock, in milliseconds since 1970: for a start
/// without a line, and for a tab that has none of its own.
#[must_use]
pub fn answered() -> Option<u64> {
    if !is_there() {
        return None;
    }
    LocalStorage::raw().get_item(ANSWERED).ok()??.parse().ok()
}

/// Notes it. Where that fails, a start says that the server has not answered yet.
pub fn note_answered(when: u64) {
    if is_there() {
        let _: Result<(), JsValue> = LocalStorage::raw().set_item(ANSWERED, &when.to_string());
    }
}

/// Whether the home screen is still offered: nobody has said no.
#[must_use]
pub fn offers_install() -> bool {
    let answered = is_there().then(|| LocalStorage::raw().get_item(INSTALL));
    answered.and_then(Result::ok).flatten().is_none()
}

/// Somebody said no to the home screen. A browser that keeps no notes offers it again.
pub fn offer_install_no_more() {
    if is_there() {
        let _: Result<(), JsValue> = LocalStorage::raw().set_item(INSTALL, NO);
    }
}

fn place(vault: EntityId) -> String {
    format!("{SETTINGS}{vault}")
}

/// A whole number, as far as it can be a size of text.
fn percent(number: f64) -> Option<u16> {
    let is_one = number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of 16 bits"
    )]
    is_one.then_some(number as u16)
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
