//! The records under their days.

use super::days::{days_of, name_day};
use crate::i18n::{Key, t, t_with};
use crate::route::Route;
use crate::state::{Listed, PAGE};
use crate::ui::{Card, Rank, button_link, button_row, live, live_list, live_while};
use hearth_core::Day;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// Days, cards and the way to more.
#[component]
pub(super) fn List(listed: Listed) -> impl IntoView {
    let days = move || listed.records.with(|records| days_of(records));
    let shown = move || listed.records.with(Vec::len);
    let count = move || {
        let (shown, total) = (shown().to_string(), listed.total.get().to_string());
        t_with(Key::OursShown, &[("shown", &shown), ("total", &total)])
    };
    let is_more = move || shown() < listed.total.get();
    let more = move || {
        view! {
            <p role="status">{live(count)}</p>
            <button class="button button--block" type="button" on:click=move |_| listed.limit.update(|limit| *limit += PAGE)>
                {t(Key::OursMore)}
            </button>
        }
    };
    view! {
        {button_row([button_link(Rank::Plain, "printer", Key::OursPage, Route::HandOver.address())])}
        {live_list(days, encode, move |day| view! { <OneDay listed day/> })}
        {live_while(is_more, more)}
    }
}

#[component]
fn OneDay(listed: Listed, day: Day) -> impl IntoView {
    let records = move || {
        listed.records.with(|records| {
            records
                .iter()
                .filter(|record| record.day == day)
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let (name, date) = name_day(day);
    view! {
        <section>
            <h2 class="day-header">{name} " " {date.map(|date| view! { <span class="day-header__date">{date}</span> })}</h2>
            <ul class="cards">{live_list(records, encode, |record| view! { <li><Card record/></li> })}</ul>
        </section>
    }
}
