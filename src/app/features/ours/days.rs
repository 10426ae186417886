//! Days of the timeline and their names.

use crate::browser::dates;
use crate::i18n::{Key, Language, t};
use hearth_core::Day;
use hearth_core::record::Summary;

/// The days in the order of the records, each once.
pub(super) fn days_of(records: &[Summary]) -> Vec<Day> {
    let mut days: Vec<Day> = records.iter().map(|record| record.day).collect();
    days.dedup();
    days
}

/// What a day is called here, and its date where that is another.
pub(super) fn name_day(day: Day) -> (String, Option<String>) {
    let today = dates::today();
    let date = dates::write_day(day, Language::on().dates());
    let near = [(today, Key::DayToday), (today.before(), Key::DayYesterday)];
    match near.into_iter().find(|(known, _)| *known == day) {
        Some((_, key)) => (t(key).to_owned(), Some(date)),
        None => (date, None),
    }
}
