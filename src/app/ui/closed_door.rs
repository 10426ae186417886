//! The vault did not open: what is safe, and what to do.

use super::{Heading, Notice, Weight, failure_words};
use crate::browser::hearth;
use crate::i18n::{Key, t};
use crate::state::State;
use hearth_core::messages::Failure;
use leptos::prelude::*;

/// The page in place of every screen that needs the vault.
#[component]
pub(crate) fn ClosedDoor(failure: Failure) -> impl IntoView {
    let state = State::get();
    // No second try opens what a newer version wrote: a reload brings that version.
    let is_later = failure == Failure::LaterStore;
    let what_else = (!is_later).then(|| view! { <p>{t(Key::OpenOther)}</p> });
    let press = move |_| match is_later {
        true => hearth::use_update(),
        false => state.open_vault(),
    };
    let word = match is_later {
        true => Key::ShellReload,
        false => Key::ShellTryAgain,
    };
    view! {
        <Heading text=t(Key::OpenFailed)/>
        <p class="lead">{t(Key::OpenSafe)}</p>
        <Notice weight=Weight::Error><p>{failure_words(&failure)}</p>{what_else}</Notice>
        <div class="button-row">
            <button class="button button--primary" type="button" on:click=press>{t(word)}</button>
            <a class="button" href="/rescue" rel="external">{t(Key::ShellRescue)}</a>
        </div>
    }
}
