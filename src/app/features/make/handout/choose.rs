//! What there is to choose from, newest first.

use super::state::Making;
use crate::browser::dates;
use crate::i18n::{Key, Language, t};
use crate::state::PAGE;
use crate::ui::{icon, live_list, live_while, look_of, text};
use hearth_core::messages::encode;
use hearth_core::record::{RecordKind, Summary};
use leptos::prelude::*;

/// A box to tick for each; no page goes on a page.
pub(super) fn choose(making: Making) -> AnyView {
    let listed = making.listed;
    let found = move || {
        let mut found = listed.records.get();
        found.retain(|record| record.kind != RecordKind::Handout);
        found
    };
    let is_nothing = move || listed.is_read.get() && found().is_empty();
    let is_more = move || listed.records.with(Vec::len) < listed.total.get();
    let more = move || {
        view! {
            <button class="button button--block" type="button" on:click=move |_| listed.limit.update(|limit| *limit += PAGE)>
                {t(Key::OursMore)}
            </button>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{t(Key::HandoutChoose)}</legend>
            {live_while(is_nothing, || text(Key::HandoutNothing))}
            {live_list(found, encode, move |record| one(making, &record))}
        </fieldset>
        {live_while(is_more, more)}
    }
    .into_any()
}

fn one(making: Making, record: &Summary) -> AnyView {
    let id = record.id;
    let is_on = Signal::derive(move || making.sheet().position(id).is_some());
    let look = look_of(record.kind);
    let day = dates::write_short_day(record.day, Language::on().dates());
    let words = match record.words.is_empty() {
        true => t(Key::PhotoHere).to_owned(),
        false => record.words.clone(),
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=is_on on:change:target=move |event| {
                // The box shows what is on the page, which it is once the record was read.
                event.target().set_checked(is_on.get_untracked());
                making.toggle(id);
            }/>
            <span class="choice__label">
                <span class="card__kind">{icon(look.badge)} {t(look.name)} ", " {day}</span>
                <span class="handout-words" dir="auto">{words}</span>
            </span>
        </label>
    }
    .into_any()
}
