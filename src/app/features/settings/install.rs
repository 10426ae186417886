//! How to put Hearth on the home screen, in the words of this browser's own menu.

use crate::browser::kind::{self, Browser};
use crate::i18n::{Key, t};
use leptos::prelude::*;

/// The way, or that it is there already.
#[component]
pub(super) fn Install() -> impl IntoView {
    let words = match kind::browser() {
        Browser::Installed => Key::SettingsInstalled,
        Browser::Apple => Key::SettingsInstallApple,
        Browser::Firefox => Key::SettingsInstallFirefox,
        Browser::Other => Key::SettingsInstallOther,
    };
    view! {
        <section>
            <h2 class="day-header">{t(Key::SettingsInstall)}</h2>
            <p>{t(words)}</p>
        </section>
    }
}
