//! What happened in a run, so that nobody is content with a run in which nothing did.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) saves: u64,
    pub(crate) calls: u64,
    /// Of those, the ones during which more was framed.
    pub(crate) ahead: u64,
    pub(crate) conflicts: u64,
    pub(crate) resealed: u64,
    pub(crate) duplicates: u64,
    pub(crate) phone_crashes: u64,
    /// Of those, the ones in the middle of a step, between two of its writes.
    pub(crate) midway: u64,
    pub(crate) failed_writes: u64,
    /// Saves on a phone whose clock is wrong by years.
    pub(crate) years_off: u64,
    /// Values that had to be on a phone, and were looked for there.
    pub(crate) kept: u64,
    /// The same on phones that read from now on.
    pub(crate) kept_late: u64,
    pub(crate) server_crashes: u64,
    pub(crate) restores: u64,
    pub(crate) dropped: u64,
    pub(crate) cut: u64,
    /// Answers of which one bit is another one.
    pub(crate) flipped: u64,
    pub(crate) late: u64,
    /// Late messages that arrived after one that was sent later.
    pub(crate) reordered: u64,
    pub(crate) doubled: u64,
    pub(crate) erased: u64,
    pub(crate) removals: u64,
    /// Records that were shown as safe by a phone that was dropped.
    pub(crate) safe: u64,
    /// Photos that a backup lacked, and no phone knew.
    pub(crate) photos_lacking: u64,
}

impl Counts {
    fn each(&mut self) -> [(&'static str, &mut u64); 23] {
        [
            ("saves", &mut self.saves),
            ("calls", &mut self.calls),
            ("frames made during a call", &mut self.ahead),
            ("conflicts shown", &mut self.conflicts),
            ("bodies sealed again", &mut self.resealed),
            ("duplicate answers", &mut self.duplicates),
            ("crashes of phones", &mut self.phone_crashes),
            ("crashes between two writes of a step", &mut self.midway),
            ("writes that failed", &mut self.failed_writes),
            ("saves under a clock wrong by years", &mut self.years_off),
            ("saved values looked for", &mut self.kept),
            ("the same for who reads from now on", &mut self.kept_late),
            ("crashes of the server", &mut self.server_crashes),
            ("restores and wipes", &mut self.restores),
            ("messages dropped", &mut self.dropped),
            ("messages cut", &mut self.cut),
            ("bits flipped", &mut self.flipped),
            ("messages late", &mut self.late),
            ("messages out of order", &mut self.reordered),
            ("requests doubled", &mut self.doubled),
            ("records ended", &mut self.erased),
            ("removals", &mut self.removals),
            ("safe on a dropped phone", &mut self.safe),
        ]
    }

    /// What should have happened and did not.
    pub(crate) fn never_happened(mut self) -> Vec<&'static str> {
        let each = self.each().into_iter();
        each.filter(|(_, count)| **count == 0)
            .map(|(name, _)| name)
            .collect()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, mut other: Self) {
        for ((_, sum), (_, count)) in self.each().into_iter().zip(other.each()) {
            *sum += *count;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts = *self;
        let each = counts.each().map(|(name, count)| format!("{name} {count}"));
        formatter.write_str(&each.join(", "))
    }
}
