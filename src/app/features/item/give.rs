//! The two ways out of the app: paper, and the phone's share screen.

use super::state::give;
use crate::browser::page;
use crate::i18n::{Key, t};
use crate::state::State;
use crate::ui::icon;
use hearth_core::record::Record;
use leptos::prelude::*;

/// Print and Share.
#[component]
pub(crate) fn GiveButtons(#[prop(into)] record: Signal<Record>) -> impl IntoView {
    let state = State::get();
    view! {
        <div class="button-row">
            <button class="button" type="button" on:click=|_| page::print()>{icon("printer")} {t(Key::ItemPrint)}</button>
            <button class="button" type="button" on:click=move |_| give(state, record.get_untracked())>
                {icon("share-network")} {t(Key::ItemShare)}
            </button>
        </div>
    }
}
