//! Phones over memory and the server's own door: what the suites about the engine share.
//!
//! [`Home`] is the server with its time, [`Phone`] a vault over a store in memory that is driven
//! by the messages a screen sends. All that is left to chance comes out of one seed
//! ([`hearth_core::world`]). What only one suite looks at stays in that suite: a trait or a
//! function there, not a method here. No socket and no second implementation of the server may
//! enter.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod home;
mod let_in;
mod phone;
mod telling;

pub use home::Home;
pub use phone::Phone;
