//! The phone's clock and its random numbers.

use hearth_core::Millis;
use hearth_core::ports::{Clock, NoRandomness, Random};
use js_sys::Date;

pub(crate) struct Phone;

impl Clock for Phone {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole milliseconds; before 1970 is 0"
    )]
    fn now(&self) -> Millis {
        Date::now() as Millis
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a day has 1,440 minutes"
    )]
    fn offset(&self, at: Millis) -> i32 {
        // JavaScript counts minutes west of UTC.
        let west = Date::new(&(at as f64).into()).get_timezone_offset();
        if west.is_finite() { -west as i32 } else { 0 }
    }
}

impl Random for Phone {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}
