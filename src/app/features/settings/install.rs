//! How to put Hearth on the home screen: by the browser's own question where it has one, else in the
//! words of its menu.

use crate::browser::hearth;
use crate::browser::kind::{self, Browser};
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::{Rank, button, button_row, live_while, part, plain, text};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The way, or that it is there already.
pub(super) fn install(state: State) -> AnyView {
    let browser = kind::browser();
    let words = match browser {
        Browser::Installed => Key::SettingsInstalled,
        Browser::Apple => Key::SettingsInstallApple,
        Browser::Firefox => Key::SettingsInstallFirefox,
        Browser::Other => Key::SettingsInstallOther,
    };
    let can = RwSignal::new(hearth::can_install());
    let now = live_while(
        move || can.get(),
        move || {
            let press = move || ask(state, can);
            let now = button(Rank::Plain, "device-mobile", Key::SettingsInstallNow, press);
            button_row([now])
        },
    );
    // There the app on the home screen has a store of its own.
    let is_other_place = kind::is_apple_phone() && browser != Browser::Installed;
    let empty = is_other_place.then(|| text(Key::SettingsInstallEmpty));
    plain("section", "")
        .set("id", "install")
        .with(part(Key::SettingsInstall))
        .with(text(words))
        .with(now)
        .with_all(empty)
        .view()
}

fn ask(state: State, can: RwSignal<bool>) {
    can.set(false);
    spawn_local(async move {
        state.say(t(match hearth::install().await {
            true => Key::SettingsInstallDone,
            false => Key::SettingsInstallNot,
        }));
    });
}
