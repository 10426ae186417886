//! The languages, and which of them is on.

use super::REVIEWED;
use crate::browser::page;
use std::cell::Cell;

thread_local! {
    static ON: Cell<Language> = const { Cell::new(Language::English) };
}

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Urdu,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::Urdu];

    /// The one that `boot.js` chose for the static page.
    pub(crate) fn of_page() -> Self {
        let chosen = page::root().and_then(|root| root.get_attribute("lang"));
        let known = |language: &Self| chosen.as_deref() == Some(language.code());
        Self::ALL.into_iter().find(known).unwrap_or(Self::English)
    }

    /// The one that the screen shows.
    pub(crate) fn on() -> Self {
        ON.get()
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Urdu => "ur",
        }
    }

    /// Its name in itself.
    pub(crate) fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Urdu => "اردو",
        }
    }

    pub(crate) fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Urdu => "rtl",
        }
    }

    /// The tag by which the browser writes dates: days of the United Kingdom, western digits.
    pub(crate) fn dates(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Urdu => "ur-u-nu-latn",
        }
    }

    /// Whether a speaker has checked every string.
    pub(crate) fn is_reviewed(self) -> bool {
        REVIEWED.contains(&self.code())
    }
}

pub(super) fn set(language: Language) {
    ON.set(language);
}
