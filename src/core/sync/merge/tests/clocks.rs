//! Clocks wrong by minutes and by years.

use super::*;
use crate::sync::merge::{LARGEST_LEAD, clamped};
use proptest::prelude::*;

/// One edit received now from a wrong clock, and one beside it, made and received later.
fn shown_of(wrong: Millis, later: Millis) -> String {
    let view = view(&[
        (
            framed(0, 1, &[], at_row(1, NOW)),
            begin(PROFILE, NOW, "first"),
        ),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW)),
            edit(wrong, "wrong"),
        ),
        (
            framed(3, 1, &[(0, 1)], at_row(3, NOW + later)),
            edit(NOW + later, "honest"),
        ),
    ]);
    assert_eq!(heads(&view).len(), 2);
    shown(&view).unwrap().to_owned()
}

#[test]
fn an_edit_ten_years_ahead_loses_to_an_honest_one_made_five_minutes_after_it_came() {
    assert_eq!(shown_of(NOW + 10 * YEAR, LARGEST_LEAD + 1), "honest");
    assert_eq!(shown_of(NOW + 10 * YEAR, LARGEST_LEAD - 1), "wrong");
    // At one millisecond the later row is on top.
    assert_eq!(shown_of(NOW + 10 * YEAR, LARGEST_LEAD), "honest");
}

#[test]
fn a_clock_a_little_ahead_is_believed() {
    assert_eq!(shown_of(NOW + LARGEST_LEAD, LARGEST_LEAD - 1), "wrong");
    assert_eq!(shown_of(NOW + MINUTE, MINUTE + 1), "honest");
}

#[test]
fn a_clock_at_the_beginning_of_time_is_kept_beside_the_other() {
    assert_eq!(shown_of(0, 0), "honest");
    assert_eq!(shown_of(NOW - 10 * YEAR, 0), "honest");
}

#[test]
fn first_and_last_are_times_that_are_believed() {
    let view = view(&[
        (
            framed(0, 1, &[], at_row(1, NOW)),
            begin(PROFILE, NOW + YEAR, "first"),
        ),
        (
            framed(2, 1, &[(0, 1)], at_row(2, NOW + MINUTE)),
            edit(NOW + YEAR, "last"),
        ),
    ]);
    let entity = view.get(ENTITY).unwrap();
    assert_eq!(entity.first(), Hlc::at(NOW + LARGEST_LEAD));
    assert_eq!(entity.last(), Hlc::at(NOW + MINUTE + LARGEST_LEAD));
}

proptest! {
    #[test]
    fn a_time_is_never_believed_beyond_the_lead_and_never_changed_within(hlc: u64, received_at: u64) {
        let placed = Some(Placed { seq: 1, received_at });
        let believed = clamped(Hlc(hlc), placed);
        prop_assert!(believed <= Hlc(hlc));
        let limit = Hlc::at(received_at.saturating_add(LARGEST_LEAD));
        prop_assert_eq!(believed, if Hlc(hlc) <= limit { Hlc(hlc) } else { limit });
        prop_assert_eq!(clamped(Hlc(hlc), None), Hlc(hlc));
    }
}
