//! Recovery words, from the making to the phone that comes back with nothing else.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod making;
mod phone;
mod recovering;
mod replacing;
mod stopping;
mod strangers;
mod world;
