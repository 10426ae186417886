//! One record in the bin: back, or gone for good after one question.

use super::state::{days_left, end, put_back};
use crate::browser::dates;
use crate::i18n::{Key, t, t_with};
use crate::state::State;
use crate::ui::{card_inside, look_of};
use hearth_core::record::Summary;
use leptos::html::Dialog;
use leptos::prelude::*;

/// The card and its two buttons.
#[component]
pub(super) fn InBin(record: Summary) -> impl IntoView {
    let state = State::get();
    let (id, class) = (record.id, look_of(record.kind).card_class);
    let dialog = NodeRef::<Dialog>::new();
    let left = days_left(record.deleted.unwrap_or_default(), dates::now()).to_string();
    let ask = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // An open dialog stays open.
            let _: Result<(), _> = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <div class=class data-record=id.to_string()>{card_inside(record)}</div>
        <p class="field__hint">{t_with(Key::BinDays, &[("days", &left)])}</p>
        <div class="button-row">
            <button class="button" type="button" on:click=move |_| put_back(state, id)>{t(Key::BinBack)}</button>
            <button class="button button--danger" type="button" on:click=ask>{t(Key::BinEnd)}</button>
        </div>
        <dialog class="dialog" node_ref=dialog aria-labelledby=format!("ask-{id}")>
            <h2 id=format!("ask-{id}")>{t(Key::BinAsk)}</h2>
            <p>{t(Key::BinAskLine)}</p>
            <div class="button-row">
                <button class="button" type="button" on:click=move |_| close()>{t(Key::BinKeep)}</button>
                <button class="button button--danger" type="button" on:click=move |_| { close(); end(state, id); }>
                    {t(Key::BinEnd)}
                </button>
            </div>
        </dialog>
    }
}
