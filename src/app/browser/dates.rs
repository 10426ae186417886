//! Days and times as the browser writes them in a language.

use hearth_core::{Day, Millis};
use js_sys::{
    Array, Date,
    Intl::{DateTimeFormat, RelativeTimeFormat},
    Object, Reflect,
};
use wasm_bindgen::JsValue;

const MILLIS_PER_DAY: f64 = 86_400_000.0;

/// The day it is here now.
pub(crate) fn today() -> Day {
    day_of(now())
}

/// Milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the browser's clock is whole and after 1970"
)]
pub(crate) fn now() -> Millis {
    Date::now() as Millis
}

/// The day a moment falls on here.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 fit in 53 bits, minutes of an offset in 32"
)]
pub(crate) fn day_of(moment: Millis) -> Day {
    let offset = Date::new(&(moment as f64).into()).get_timezone_offset();
    Day::from_millis(moment, -offset as i32)
}

/// `Sunday 3 May`, with the year where it is not this year.
pub(crate) fn write_day(day: Day, tag: &str) -> String {
    let this_year = today().to_civil().0 == day.to_civil().0;
    let mut parts = vec![
        ("weekday", "long"),
        ("day", "numeric"),
        ("month", "long"),
        ("timeZone", "UTC"),
    ];
    if !this_year {
        parts.push(("year", "numeric"));
    }
    write(f64::from(day.0) * MILLIS_PER_DAY, tag, &parts)
}

/// `3 May 2026`.
pub(crate) fn write_short_day(day: Day, tag: &str) -> String {
    let parts = [
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("timeZone", "UTC"),
    ];
    write(f64::from(day.0) * MILLIS_PER_DAY, tag, &parts)
}

/// `3 May 2026 at 14:05`, in the time of this place.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 fit in 53 bits"
)]
pub(crate) fn write_moment(millis: Millis, tag: &str) -> String {
    write(
        millis as f64,
        tag,
        &[
            ("dateStyle", "long"),
            ("timeStyle", "short"),
            // Half days have a name in Latin letters where a language has none of its own.
            ("hourCycle", "h23"),
        ],
    )
}

/// `5 minutes ago`, in the largest unit that fits.
pub(crate) fn write_ago(moment: Millis, tag: &str) -> String {
    let seconds = now().saturating_sub(moment) / 1_000;
    let (count, unit) = match seconds {
        0..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let options = Object::new();
    // A fresh plain object takes every name; "auto" writes "yesterday" and "this minute".
    let _: Result<bool, JsValue> = Reflect::set(&options, &"numeric".into(), &"auto".into());
    #[expect(
        clippy::cast_precision_loss,
        reason = "days since a moment fit in 53 bits"
    )]
    let count = -(count as f64);
    let format = RelativeTimeFormat::new(&Array::of1(&tag.into()), &options);
    format.format(count, unit).into()
}

fn write(millis: f64, tag: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (name, value) in parts {
        // A fresh plain object takes every name.
        let _: Result<bool, JsValue> = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let format = DateTimeFormat::new(&Array::of1(&tag.into()), &options).format();
    let written = format.call1(&JsValue::UNDEFINED, &Date::new(&millis.into()));
    written
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
