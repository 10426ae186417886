//! When it happened, which is not when it is written: today, yesterday, the photo's day or another.

use super::state::Writing;
use crate::browser::dates;
use crate::i18n::{Key, Language, t, t_with};
use crate::ui::{live_list, live_while};
use hearth_core::Day;
use hearth_core::messages::encode;
use leptos::prelude::*;

/// The choice of a day.
#[component]
pub(super) fn When(writing: Writing) -> impl IntoView {
    let today = dates::today();
    let day = move || writing.patch.with(|patch| patch.day);
    let is_other = RwSignal::new(false);
    let photo_days = move || photo_days(writing, today);
    let is_offered = move |day: Option<Day>| {
        day.is_some_and(|day| day == today || day == today.before() || photo_days().contains(&day))
    };
    let shows_other = Memo::new(move |_| is_other.get() || !is_offered(day()));
    let choice = move |word: String, of: Day| {
        view! {
            <label>
                <input type="radio" name="when"
                    prop:checked=Signal::derive(move || !shows_other.get() && day() == Some(of))
                    on:change=move |_| { is_other.set(false); writing.set_day(Some(of)); }/>
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend>{t(Key::DayWhen)}</legend>
            {choice(t(Key::DayToday).to_owned(), today)}
            {choice(t(Key::DayYesterday).to_owned(), today.before())}
            {live_list(photo_days, encode, move |day| choice(photo_words(day), day))}
            <label>
                <input type="radio" name="when" prop:checked=shows_other
                    on:change=move |_| is_other.set(true)/>
                <span>{t(Key::DayAnother)}</span>
            </label>
        </fieldset>
        {live_while(move || shows_other.get(), move || other_day(writing, is_other))}
    }
}

fn other_day(writing: Writing, is_other: RwSignal<bool>) -> AnyView {
    let day = move || writing.patch.with(|patch| patch.day);
    let written = move || day().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <div class="field">
            <label class="field__label" for="other-day">{t(Key::DayWhich)}</label>
            <input class="input" id="other-day" type="date"
                max=dates::today().to_string() prop:value=Signal::derive(written)
                on:change:target=move |event| { is_other.set(true); writing.set_day(event.target().value().parse().ok()); }/>
        </div>
    }
    .into_any()
}

fn photo_words(day: Day) -> String {
    let written = dates::write_short_day(day, Language::on().dates());
    t_with(Key::DayPhoto, &[("day", &written)])
}

/// The days on which its photos were taken, without the two that have choices of their own.
fn photo_days(writing: Writing, today: Day) -> Vec<Day> {
    let mut days: Vec<Day> = writing
        .photos
        .with(|photos| photos.iter().filter_map(|photo| photo.taken).collect());
    days.retain(|day| *day != today && *day != today.before());
    days.sort_unstable();
    days.dedup();
    days
}
