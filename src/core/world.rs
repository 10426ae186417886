//! The world around a phone in tests: a clock that is set by hand, chance out of one seed, and
//! the smallest picture.
//!
//! Whoever runs the engine in a test takes time and chance from here, so that the same test does
//! the same on every machine. No app is built with it, and nothing may enter that looks at the
//! machine's own clock or draws its random bytes.

use crate::Day;
use crate::photo::PreparedPhoto;
use crate::ports::{Clock, NoRandomness, Random};
use hearth_protocol::Millis;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// 2026-05-31 12:00 UTC.
pub const NOON: Millis = 1_780_228_800_000;

/// Time and chance. Clones share both, as the phones of one family do.
#[derive(Clone, Debug)]
pub struct World {
    now: Rc<Cell<Millis>>,
    chance: Rc<RefCell<SplitMix64>>,
}

impl World {
    /// It is [`NOON`], and the random bytes are the same as in every other new world.
    #[must_use]
    pub fn new() -> Self {
        Self {
            now: Rc::new(Cell::new(NOON)),
            chance: Rc::new(RefCell::new(SplitMix64::new(0))),
        }
    }

    /// From now on it is this time, which may be an earlier one.
    pub fn set(&self, now: Millis) {
        self.now.set(now);
    }

    /// Lets so many milliseconds pass.
    pub fn wait(&self, millis: Millis) {
        self.now.set(self.now.get() + millis);
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for World {
    fn now(&self) -> Millis {
        self.now.get()
    }

    fn offset(&self, _: Millis) -> i32 {
        60
    }
}

impl Random for World {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.chance.borrow_mut().fill(bytes);
        Ok(())
    }
}

/// Chance from one seed: the same seed draws the same numbers on every machine.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). Nothing of it
/// is secret.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Starts at this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One byte of each number.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = (self.draw() >> 40) as u8;
        }
    }
}

/// The smallest thing that passes for a JPEG around this content, with a day of its own, and a
/// smaller one for its thumbnail.
#[must_use]
pub fn photo(content: &[u8]) -> PreparedPhoto {
    let (half, _) = content.split_at(content.len() / 2);
    PreparedPhoto {
        jpeg: jpeg(content),
        thumbnail: jpeg(half),
        width: 4,
        height: 3,
        taken: Some(Day(20_000)),
    }
}

fn jpeg(content: &[u8]) -> Vec<u8> {
    [&[0xff, 0xd8, 0xff, 0xda, 0, 2], content, &[0xff, 0xd9]].concat()
}

#[cfg(test)]
mod tests;
