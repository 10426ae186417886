//! What a phone knows of the world: a clock that may be wrong, and random bytes.

use crate::dice::Dice;
use hearth_core::Millis;
use hearth_core::ports::{Clock, NoRandomness, Random};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub(crate) use hearth_core::world::NOON;

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;
pub(crate) const YEAR: i64 = 365 * DAY;

/// The true time is everybody's, the error each phone's own.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) real: Rc<Cell<Millis>>,
    /// Milliseconds that the phone's clock is ahead.
    pub(crate) ahead: Rc<Cell<i64>>,
    dice: Rc<RefCell<Dice>>,
}

impl Surroundings {
    pub(crate) fn new(real: Rc<Cell<Millis>>, dice: Dice) -> Self {
        Self {
            real,
            ahead: Rc::default(),
            dice: Rc::new(RefCell::new(dice)),
        }
    }
}

impl Clock for Surroundings {
    fn now(&self) -> Millis {
        self.real.get().saturating_add_signed(self.ahead.get())
    }

    fn offset(&self, _: Millis) -> i32 {
        60
    }
}

impl Random for Surroundings {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.dice.borrow_mut().fill(bytes);
        Ok(())
    }
}
