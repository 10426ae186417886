//! What happened in a run, so that nobody is content with a run in which nothing did.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) saves: u64,
    pub(crate) calls: u64,
    pub(crate) conflicts: u64,
    pub(crate) resealed: u64,
    pub(crate) duplicates: u64,
    pub(crate) phone_crashes: u64,
    pub(crate) failed_writes: u64,
    pub(crate) server_crashes: u64,
    pub(crate) restores: u64,
    pub(crate) dropped: u64,
    pub(crate) cut: u64,
    pub(crate) late: u64,
    pub(crate) doubled: u64,
    pub(crate) erased: u64,
    pub(crate) removals: u64,
    /// Records that were shown as safe by a phone that was dropped.
    pub(crate) safe: u64,
    /// Photos that a backup lacked, and no phone knew.
    pub(crate) photos_lacking: u64,
}

impl Counts {
    fn each(&mut self) -> [(&'static str, &mut u64); 16] {
        [
            ("saves", &mut self.saves),
            ("calls", &mut self.calls),
            ("conflicts shown", &mut self.conflicts),
            ("bodies sealed again", &mut self.resealed),
            ("duplicate answers", &mut self.duplicates),
            ("crashes of phones", &mut self.phone_crashes),
            ("writes that failed", &mut self.failed_writes),
            ("crashes of the server", &mut self.server_crashes),
            ("restores and wipes", &mut self.restores),
            ("messages dropped", &mut self.dropped),
            ("messages cut or spoilt", &mut self.cut),
            ("messages late", &mut self.late),
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
