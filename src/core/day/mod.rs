//! Calendar days: when something happened, which is not when it was written down.

use core::fmt;
use core::str::FromStr;
use hearth_protocol::Millis;
use serde::{Deserialize, Serialize};

const MILLIS_PER_DAY: i64 = 86_400_000;
const MILLIS_PER_MINUTE: i64 = 60_000;

/// A day of the Gregorian calendar, as whole days since 1970-01-01 where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// The text is not a day of the form `2026-05-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written as 2026-05-31")]
pub struct NotADay;

impl Day {
    /// The day it is at `now`, `offset` minutes east of UTC.
    #[must_use]
    pub fn from_millis(now: Millis, offset: i32) -> Self {
        let local =
            i64::try_from(now).unwrap_or(i64::MAX / 2) + i64::from(offset) * MILLIS_PER_MINUTE;
        Self(i32::try_from(local.div_euclid(MILLIS_PER_DAY)).unwrap_or(i32::MAX))
    }

    /// The day, month (1 to 12) and year, or nothing where there is no such day.
    #[must_use]
    pub fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        // Days since 1970 from a year that begins in March (H. Hinnant, "chrono-compatible
        // low-level date algorithms").
        let year_from_march = if month <= 2 { year - 1 } else { year };
        let era = year_from_march.div_euclid(400);
        let year_of_era = year_from_march.rem_euclid(400);
        let month_from_march = i32::try_from((month + 9) % 12).ok()?;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::try_from(day).ok()? - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let found = Self(era * 146_097 + day_of_era - 719_468);
        // 31 April would be 1 May: it does not read back as what was asked for.
        (found.to_civil() == (year, month, day)).then_some(found)
    }

    /// Year, month (1 to 12) and day.
    #[must_use]
    pub fn to_civil(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (
            i32::try_from(year).unwrap_or(i32::MAX),
            u32::try_from(month).unwrap_or(1),
            u32::try_from(day).unwrap_or(1),
        )
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.to_civil();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or(NotADay);
        let year = next()?.parse().map_err(|_| NotADay)?;
        let month = next()?.parse().map_err(|_| NotADay)?;
        let day = next()?.parse().map_err(|_| NotADay)?;
        Self::from_civil(year, month, day).ok_or(NotADay)
    }
}

#[cfg(test)]
mod tests;
