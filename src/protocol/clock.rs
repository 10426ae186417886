//! Hybrid logical clocks: wall time that never runs backwards on one device.
//!
//! Kulkarni et al., "Logical Physical Clocks", 2014. 47 bits of milliseconds since 1970
//! (until the year 6429) and 16 bits of counter, so that a larger number is always the later change.

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = u64;

const COUNTER_BITS: u32 = 16;
const LARGEST_MILLIS: Millis = (1 << 47) - 1;
/// The largest number that travels. Beyond it a save would be refused, so the clock stands still.
const LARGEST: u64 = i64::MAX as u64;

/// The time of one change: later changes of one device have larger values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(pub u64);

impl Hlc {
    /// The first value of a millisecond.
    #[must_use]
    pub fn at(millis: Millis) -> Self {
        Self(millis.min(LARGEST_MILLIS) << COUNTER_BITS)
    }

    /// The wall time in it.
    #[must_use]
    pub fn millis(self) -> Millis {
        self.0 >> COUNTER_BITS
    }

    fn next(self) -> Self {
        Self(self.0.saturating_add(1).min(LARGEST))
    }
}

/// Hands out times that are larger than every time it has given or been shown.
#[derive(Clone, Debug, Default)]
pub struct HlcClock {
    latest: Hlc,
}

impl HlcClock {
    /// Remembers a time that is already in use.
    pub fn observe(&mut self, seen: Hlc) {
        self.latest = self.latest.max(seen);
    }

    /// The time for a change made now.
    pub fn tick(&mut self, now: Millis) -> Hlc {
        self.latest = Hlc::at(now).max(self.latest.next());
        self.latest
    }
}

#[cfg(test)]
mod tests;
