//! The vault did not open: what is safe, and what to do.

use super::{Heading, Notice, Weight, failure_words};
use crate::i18n::{Key, t};
use crate::state::State;
use hearth_core::messages::Failure;
use leptos::prelude::*;

/// The page in place of every screen that needs the vault.
#[component]
pub(crate) fn ClosedDoor(failure: Failure) -> impl IntoView {
    let state = State::get();
    view! {
        <Heading text=t(Key::OpenFailed)/>
        <p class="lead">{t(Key::OpenSafe)}</p>
        <Notice weight=Weight::Error><p>{failure_words(&failure)}</p><p>{t(Key::OpenOther)}</p></Notice>
        <div class="button-row">
            <button class="button button--primary" type="button" on:click=move |_| state.open_vault()>
                {t(Key::ShellTryAgain)}
            </button>
            <a class="button" href="/rescue" rel="external">{t(Key::ShellRescue)}</a>
        </div>
    }
}
