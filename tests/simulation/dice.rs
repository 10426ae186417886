//! Everything that is left to chance, out of one seed.

use hearth_core::world::SplitMix64;

/// The same seed throws the same numbers on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Dice(SplitMix64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    /// Other dice, whose throws do not depend on how often these are thrown later.
    pub(crate) fn split(&mut self) -> Self {
        Self::new(self.throw())
    }

    pub(crate) fn throw(&mut self) -> u64 {
        self.0.draw()
    }

    /// A number below `bound`; 0 where that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.throw() % bound.max(1) as u64) as usize
    }

    /// True in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).cloned()
    }

    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}
