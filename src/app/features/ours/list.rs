//! The records under their days.

use super::days::{days_of, name_day};
use crate::i18n::{Key, t, t_with};
use crate::state::{Listed, PAGE};
use crate::ui::Card;
use hearth_core::Day;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Days, cards and the way to more.
#[component]
pub(super) fn List(listed: Listed) -> impl IntoView {
    let days = Memo::new(move |_| listed.records.with(|records| days_of(records)));
    let shown = move || listed.records.with(Vec::len);
    let count = move || {
        let (shown, total) = (shown().to_string(), listed.total.get().to_string());
        t_with(Key::OursShown, &[("shown", &shown), ("total", &total)])
    };
    let is_more = move || shown() < listed.total.get();
    view! {
        <For each=move || days.get() key=|day| *day let:day><OneDay listed day/></For>
        <Show when=is_more>
            <p role="status">{count}</p>
            <button class="button button--block" type="button" on:click=move |_| listed.limit.update(|limit| *limit += PAGE)>
                {t(Key::OursMore)}
            </button>
        </Show>
    }
}

#[component]
fn OneDay(listed: Listed, day: Day) -> impl IntoView {
    let records = Memo::new(move |_| {
        listed.records.with(|records| {
            records
                .iter()
                .filter(|record| record.day == day)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let (name, date) = name_day(day);
    view! {
        <section>
            <h2 class="day-header">{name} " " {date.map(|date| view! { <span class="day-header__date">{date}</span> })}</h2>
            <ul class="cards">
                <For each=move || records.get() key=encode let:record><li><Card record/></li></For>
            </ul>
        </section>
    }
}
