//! What is not saved yet, offered again.

use super::page::draft_address;
use crate::i18n::{Key, t};
use crate::state::{State, record_address};
use crate::ui::{icon, live_list, live_while, look_of};
use hearth_core::draft::Draft;
use hearth_core::messages::encode;
use hearth_core::record::{SUMMARY_CHARS, WORDS};
use leptos::prelude::*;

/// All of it; nothing where there is none.
#[component]
pub(crate) fn UnsavedList() -> impl IntoView {
    let state = State::get();
    leptos::task::spawn_local(state.read_drafts());
    let list = move || {
        let drafts = live_list(
            move || state.drafts.get(),
            encode,
            |draft| view! { <li><Unsaved draft/></li> },
        );
        view! {
            <section data-testid="unsaved">
                <h2 class="day-header">{t(Key::HomeUnsaved)}</h2>
                <ul class="cards">{drafts}</ul>
            </section>
        }
    };
    live_while(move || state.drafts.with(|drafts| !drafts.is_empty()), list)
}

/// Go on with one of them, or start new: both as good.
#[component]
pub(super) fn Offer(drafts: Vec<Draft>, start_new: Callback<()>) -> impl IntoView {
    let one = (drafts.len() == 1)
        .then(|| drafts.first().map(address_of))
        .flatten();
    let cards = drafts
        .into_iter()
        .map(|draft| view! { <li><Unsaved draft/></li> })
        .collect::<Vec<_>>();
    view! {
        <section data-testid="offer">
            <h2>{t(Key::DraftTitle)}</h2>
            <p class="lead">{t(Key::DraftLead)}</p>
            <ul class="cards">{cards}</ul>
        </section>
        <div class="button-row">
            {one.map(|address| view! { <a class="button" href=address>{t(Key::DraftGoOn)}</a> })}
            <button class="button" type="button" on:click=move |_| start_new.run(())>{t(Key::DraftNew)}</button>
        </div>
    }
}

#[component]
fn Unsaved(draft: Draft) -> impl IntoView {
    let look = look_of(draft.kind);
    let words = words_of(&draft);
    let has_words = !words.is_empty();
    view! {
        <a class=look.card_class href=address_of(&draft) data-draft=draft.id.to_string()>
            <span class="card__kind">{icon("pencil-simple")} {t(look.name)}</span>
            <p class="card__words" dir="auto">{if has_words { words } else { t(Key::DraftNoWords).to_owned() }}</p>
            <div class="card__meta"><strong>{t(Key::HomeGoOn)}</strong></div>
        </a>
    }
}

fn address_of(draft: &Draft) -> String {
    if draft.is_edit {
        record_address(look_of(draft.kind).edit_route, draft.id)
    } else {
        draft_address(draft.kind, draft.id)
    }
}

fn words_of(draft: &Draft) -> String {
    let words = draft
        .fields
        .get(&WORDS)
        .map(String::as_str)
        .unwrap_or_default();
    words.chars().take(SUMMARY_CHARS).collect()
}
