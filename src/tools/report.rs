//! Counting tests from what the runners themselves print.

use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

#[cfg(test)]
mod tests;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Ran and held.
    pub(crate) passed: u64,
    /// Ran and did not hold, or could not run.
    pub(crate) failed: u64,
    /// Did not run.
    pub(crate) skipped: u64,
}

impl Tally {
    /// A check that counts as one and passed.
    pub(crate) const PASSED: Self = Self::new(1, 0, 0);
    /// A check that counts as one and failed.
    pub(crate) const FAILED: Self = Self::new(0, 1, 0);
    /// A check that could not run because another failed.
    pub(crate) const SKIPPED: Self = Self::new(0, 0, 1);

    const fn new(passed: u64, failed: u64, skipped: u64) -> Self {
        Self {
            passed,
            failed,
            skipped,
        }
    }

    /// The same, with a failure added when the runner failed without reporting one (a test that
    /// did not compile, a browser that did not start), or ran nothing at all.
    pub(crate) fn with_exit(mut self, succeeded: bool) -> Self {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }

    /// What cargo's test binaries and wasm-bindgen's runner printed.
    pub(crate) fn from_cargo(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            let Some((_, counts)) = line.split_once("test result: ") else {
                continue;
            };
            for part in counts.split(['.', ';']) {
                let mut words = part.split_whitespace();
                let number: Option<u64> = words.next().and_then(|word| word.parse().ok());
                match (number, words.next()) {
                    (Some(number), Some("passed")) => sum.passed += number,
                    (Some(number), Some("failed")) => sum.failed += number,
                    (Some(number), Some("ignored")) => sum.skipped += number,
                    _ => {}
                }
            }
        }
        sum
    }

    /// The summary at the end of what Node's `tap` reporter wrote.
    pub(crate) fn from_tap(output: &str) -> Self {
        let count = |name: &str| {
            output
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix(&format!("# {name} "))?.parse().ok())
                .unwrap_or(0)
        };
        Self::new(
            count("pass"),
            count("fail") + count("cancelled"),
            count("skipped") + count("todo"),
        )
    }

    /// Playwright's JSON report. A test that passed only when tried again counts as failed.
    pub(crate) fn from_playwright(report: &str) -> Result<Self> {
        let report: Value =
            serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        Ok(Self::new(
            count("expected"),
            count("unexpected") + count("flaky"),
            count("skipped"),
        ))
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(
            formatter,
            "{passed} passed, {failed} failed, {skipped} skipped"
        )
    }
}
