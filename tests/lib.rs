//! Tests that cross crates live in this package; each file beside this one is one suite.
//! Here is what they share: a running server, a plain client, and phones that run the real engine.
//! No test double of the server may enter.

use std::error::Error;

pub mod asking;
mod client;
mod everywhere;
pub mod family;
pub mod phones;
mod server;
mod watched;

pub use client::{Answer, ask, ask_over, post, send_raw};
pub use server::RunningServer;
pub use watched::Watched;

/// What a test or a helper ends with.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;
