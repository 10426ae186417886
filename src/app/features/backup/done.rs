//! The file is there: save it, and the words that open it, shown this once.

use super::state::{Made, give};
use crate::i18n::{Key, t};
use crate::route::Route;
use crate::state::State;
use crate::ui::{Heading, Notice, Rank, Weight, button, button_link, icon, text};
use leptos::prelude::*;

/// Both, and what is safe now.
#[component]
pub(super) fn Done(made: Made, passphrase: String) -> impl IntoView {
    let state = State::get();
    let (address, name) = (made.address.clone(), made.name.clone());
    let share = button(Rank::Plain, "share-network", Key::BackupShare, move || {
        give(state, &made);
    });
    view! {
        <Heading text=t(Key::BackupDone)/>
        <p class="lead">{t(Key::BackupDoneLine)}</p>
        <p><bdi>{name.clone()}</bdi></p>
        <div class="button-row">
            <a class="button button--primary" href=address download=name>
                {icon("download-simple")} {t(Key::BackupSave)}
            </a>
            {share}
        </div>
        <Notice weight=Weight::Warning>
            <p>{t(Key::BackupOnce)}</p>
            <p><strong class="passphrase" dir="auto">{passphrase}</strong></p>
        </Notice>
        <div class="who-sees">{icon("shield-check")} {text(Key::BackupSafe)}</div>
        <div class="button-row">
            {button_link(Rank::Plain, "", Key::BackupPeople, Route::People.address())}
        </div>
    }
}
