//! The line to the server: one call at a time, tried again by itself, and hints of news.
//!
//! What to ask and what an answer means the engine knows; here bytes are carried, nothing more.
//! Of several tabs one has the line: the one that holds the lock.

mod http;
mod live;
mod lock;
mod network;
mod timer;

pub(crate) use http::{Carried, post};
pub(crate) use live::Live;
pub(crate) use lock::wait_for_lock;
pub(crate) use network::{is_wifi, on_other_network};
pub(crate) use timer::{Timer, on_network};

/// The first wait after a call that failed, in milliseconds; each further one doubles it.
const FIRST_WAIT: u32 = 1_000;
/// The longest wait: hints and the network's return come before it mostly.
const LONGEST_WAIT: u32 = 120_000;
/// How often the server is asked while a person waits for the other phone, in milliseconds.
pub(crate) const WHILE_SOMEBODY_WAITS: u32 = 2_000;

/// How long to wait before the next try.
#[derive(Default)]
pub(crate) struct Patience {
    failures: u32,
}

impl Patience {
    /// A call got through.
    pub(crate) fn renew(&mut self) {
        self.failures = 0;
    }

    /// Milliseconds until the next try, up to a half less by chance, so that phones which lost
    /// one server do not come back as one.
    pub(crate) fn wait(&mut self) -> u32 {
        let doubled = FIRST_WAIT << self.failures.min(7);
        self.failures += 1;
        let longest = doubled.min(LONGEST_WAIT);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "below the half of a u32"
        )]
        let less = (js_sys::Math::random() * f64::from(longest / 2)) as u32;
        longest - less
    }
}
