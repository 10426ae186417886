use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn reads_back_what_it_wrote(days in -719_000..2_900_000i32) {
        let day = Day(days);
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn never_panics_on_any_text_or_number(text in ".{0,12}", days in any::<i32>(), now in any::<u64>()) {
        let _ = text.parse::<Day>();
        let _ = Day(days).to_string();
        let _ = Day::from_millis(now, -720);
    }
}

#[test]
fn knows_the_calendar() {
    assert_eq!(Day::from_civil(1970, 1, 1), Some(Day(0)));
    assert_eq!("2024-02-29".parse(), Ok(Day(19_782)));
    for no_day in [
        "2023-02-29",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "26",
        "",
        "2026-5",
    ] {
        assert_eq!(no_day.parse::<Day>(), Err(NotADay), "{no_day}");
    }
}

#[test]
fn the_day_is_the_one_where_the_person_is() {
    let half_past_midnight_in_london_summer = 1_780_183_800_000; // 2026-05-30 23:30 UTC
    assert_eq!(
        Day::from_millis(half_past_midnight_in_london_summer, 60).to_string(),
        "2026-05-31"
    );
    assert_eq!(
        Day::from_millis(half_past_midnight_in_london_summer, 0).to_string(),
        "2026-05-30"
    );
}
